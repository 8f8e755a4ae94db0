"""Claims to be judged: the project's own, and how their figures are made."""

import json
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench.claims import Claim, read_claims
from bench.quality import app
from bench.sets import SetFault
from bench.support import Judged, judge, support_figures
from footnote.index.results import Verdict
from footnote.index.support.judge import Judgement
from tests.fakes import WordsModel

BEES = (
    "Honeybees dance to show where flowers stand. Their queen lays 2,000 eggs a day. Drones live"
    " through one summer, and workers carry pollen, water and resin home. In winter they all huddle"
    " around her and shiver."
)


@pytest.fixture(autouse=True)
def _model_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "footnote.bot.composition.SentenceTransformerModel.from_name",
        lambda name, **_: WordsModel(),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        {"id": "a", "claim": "Honeybees dance to show flowers [1].", "support": "Complete"},
        {"id": "b", "claim": "Their queen lays 3,000 eggs a day [1].", "support": "Incomplete"},
        {"id": "c", "claim": "Bees are fond of dancing.", "support": "Partial"},
    ]
    address = {"id": "d", "claim": "Bees dance.", "support": "Complete"}
    seen = {"evidence": ["[1] https://example.org/dance"]}
    evidence = {"evidence": [f"[1] https://example.org/bees {BEES}"]}
    lines = (json.dumps(row | evidence) + "\n" for row in rows)
    content = "".join(lines) + json.dumps(address | seen) + "\n"
    (tmp_path / "claims.jsonl").write_text(content)
    return tmp_path


def test_there_are_enough_own_claims_of_every_kind() -> None:
    own = read_claims()
    kinds = Counter(claim.kind for claim in own.claims)
    assert kinds.pop("true") >= 150
    assert kinds.keys() == {"number", "date", "name", "negation", "swap"}
    assert min(kinds.values()) >= 30
    assert len({claim.text for claim in own.claims}) == len(own.claims)
    assert len({claim.id for claim in own.claims}) == len(own.claims)
    assert all(claim.borne_out == (claim.kind == "true") for claim in own.claims)


def test_own_claims_say_otherwise_what_stands_in_every_article() -> None:
    own = read_claims()
    quoted = [sentence for claim in own.claims for sentence in claim.evidence]
    for article in own.articles:
        assert any(sentence in article.text for sentence in quoted)
    for claim in own.claims:
        assert claim.evidence
        for sentence in claim.evidence:
            assert any(sentence in article.text for article in own.articles)
            assert claim.text != sentence


def test_each_claim_is_judged_by_its_own_evidence_without_its_numbers(folder: Path) -> None:
    claims = read_claims(folder)
    assert [claim.plain for claim in claims.claims] == [
        "Honeybees dance to show flowers.",
        "Their queen lays 3,000 eggs a day.",
    ]
    assert [article.text for article in claims.articles] == [BEES]
    assert claims.left_out == 2  # one partly right, one with nothing but an address
    right, wrong = judge(claims)
    assert right.judgement.verdict is Verdict.SUPPORTED
    assert wrong.judgement.verdict is Verdict.CONTRADICTED
    assert right.shows_gold
    assert right.marked is Verdict.SUPPORTED
    assert right.claim.marked == "Honeybees dance to show flowers. [1]"


def test_figures_of_claims_are_printed_beside_those_of_the_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = folder / "own"
    own.mkdir()
    (own / "claims.jsonl").write_text((folder / "claims.jsonl").read_text())
    monkeypatch.setattr("bench.quality.OWN", own)
    result = CliRunner().invoke(
        app, ["--support", str(folder), "--json", str(tmp_path / "out.json"), "--failures", "1"]
    )
    assert result.exit_code == 0, result.output
    written = json.loads((tmp_path / "out.json").read_text())
    assert written["own.claims"] == written[f"{folder.name}.claims"] == 2
    assert written["own.auroc"] == 1.0
    assert written["own.right.supported"] == written["own.right.marked.supported"] == 1.0
    assert written["own.wrong.contradicted"] == 1.0
    assert written["own.left_out"] == 2


def test_folder_without_claims_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SetFault, match=r"claims\.jsonl"):
        read_claims(tmp_path)
    assert CliRunner().invoke(app, ["--support", str(tmp_path)]).exit_code == 2


def test_figures_can_be_worked_out_by_hand() -> None:
    def judged(kind: str, score: float, verdict: Verdict) -> Judged:
        claim = Claim(str(score), "Bees dance.", kind == "true", kind, ("Bees dance.",))
        return Judged(claim, Judgement(verdict, score), 10.0)

    right = [judged("true", 0.9, Verdict.UNFOUND)] * 19 + [judged("true", 0.2, Verdict.SUPPORTED)]
    wrong = [
        judged("date", 0.1, Verdict.CONTRADICTED),
        judged("name", 0.5, Verdict.UNFOUND),
        judged("name", 0.95, Verdict.SUPPORTED),
    ]
    found = support_figures(right + wrong)
    assert found["lost"] == 0.95
    # One of the twenty may be rejected: all below .9 are caught.
    assert found["caught@5"] == pytest.approx(2 / 3)
    assert (found["date.caught@5"], found["name.caught"]) == (1.0, 0.5)
    assert (found["date.wrong.contradicted"], found["name.wrong.contradicted"]) == (1.0, 0.0)
    assert (found["right.nothing_found"], found["right.supported"]) == (0.95, 0.05)
    assert found["wrong.claims"] == 3
    assert found["auroc"] == pytest.approx((20 + 19 + 0) / 60)


def test_verdicts_are_counted_by_the_number_of_sentences_and_thin_evidence_apart() -> None:
    def judged(text: str, verdict: Verdict, *, thin: bool = False) -> Judged:
        claim = Claim(text, text, True, "true", (), thin=thin)
        return Judged(claim, Judgement(verdict, 0.5), 10.0, verdict)

    wrong = Judged(Claim("w", "Ants sing.", False, "", ()), Judgement(Verdict.UNFOUND, 0.1), 10.0)
    found = support_figures(
        [
            judged("Bees dance.", Verdict.SUPPORTED),
            judged("Bees dance. Ants walk.", Verdict.CONTRADICTED),
            judged("Bees dance. Ants walk. Wasps fly. Flies buzz. Moths err.", Verdict.SUPPORTED),
            judged("Bees dance.", Verdict.UNFOUND, thin=True),
            wrong,
        ],
        left_out=3,
    )
    assert (found["claims"], found["left_out"]) == (4, 3)
    assert found["right.sentences_1.supported"] == 1.0
    assert found["right.sentences_2.contradicted"] == 1.0
    assert found["right.sentences_4_or_more.supported"] == 1.0
    assert found["thin.right.nothing_found"] == 1.0
