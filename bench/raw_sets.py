"""The public question sets as they are published, brought into the form that `bench.sets` reads.

A function for each: it takes the files of one, as they come, and gives the rows of articles.jsonl
and of questions.jsonl. Articles are numbered in the order of the files, for `bench.fit` and
`bench.train_reader` divide a set by these numbers.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from bench.sets import SetFault
from footnote.index.sentences import sentence_spans

Row = dict[str, Any]

MAX_BYTES = 300_000_000
"""The largest file that is read."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What becomes of a set."""

    articles: list[Row] = field(default_factory=list)
    questions: list[Row] = field(default_factory=list)


# SQuAD 2.0 and XQuAD


class _Text(BaseModel):
    text: str
    answer_start: int = Field(ge=0)


class _Asked(BaseModel):
    id: str
    question: str
    answers: list[_Text] = []
    plausible_answers: list[_Text] = []
    is_impossible: bool = False


class _Paragraph(BaseModel):
    context: str
    qas: list[_Asked] = []


class _Titled(BaseModel):
    title: str
    paragraphs: list[_Paragraph]


class _Squad(BaseModel):
    data: list[_Titled]


def squad(
    file: Path, *, prefix: str, distractors: Path | None = None, language: str = "en"
) -> Rows:
    """A title is an article, its paragraphs the text, the sentence around an answer the evidence.

    What cannot be answered keeps the article that it is about. `distractors` is a file of the same
    form; its articles come too, and its questions do not.
    """
    rows = Rows()
    for number, titled in enumerate(_read_json(file, _Squad).data):
        article = f"{prefix}a{number:02d}"
        rows.articles.append(_squad_article(article, titled))
        for place, paragraph in enumerate(titled.paragraphs):
            for asked in paragraph.qas:
                row = _squad_question(asked, paragraph.context, language)
                rows.questions.append(
                    {"id": prefix + asked.id} | row | {"article_ids": [article], "paragraph": place}
                )
    for number, titled in enumerate(_read_json(distractors, _Squad).data if distractors else ()):
        rows.articles.append(_squad_article(f"{prefix.rstrip('_')}d_a{number:02d}", titled))
    return rows


def _squad_article(name: str, titled: _Titled) -> Row:
    text = "\n\n".join(paragraph.context.strip() for paragraph in titled.paragraphs)
    title = _of_an_address(titled.title) or titled.title.replace("_", " ")
    return {"id": name, "title": title, "text": text, "source": "Wikipedia (SQuAD)"}


def _of_an_address(title: str) -> str:
    """The words that the address of a page ends in, which SQuADShifts has for a title."""
    page = re.match(r"https?://\S+/([\w-]+?)(?:\.html)?$", title)
    return page[1].replace("-", " ").capitalize() if page else ""


def _squad_question(asked: _Asked, context: str, language: str) -> Row:
    answers = [] if asked.is_impossible else asked.answers
    evidence = [_sentence_around(context, answers[0], language)] if answers else []
    return {
        "question": asked.question.strip(),
        "answers": list(dict.fromkeys(answer.text for answer in answers)),
        "evidence": evidence,
        "answerable": bool(answers),
    }


def _sentence_around(context: str, answer: _Text, language: str) -> str:
    """From the first sentence that the answer is in to the last; mostly it is the same one."""
    begin, end = answer.answer_start, answer.answer_start + len(answer.text)
    spans = [span for span in sentence_spans(context, language) if span.start < end > begin]
    spans = [span for span in spans if span.end > begin]
    if not spans:
        raise SetFault(f"no sentence of {context[:60]!r} … has the answer {answer.text!r}")
    return context[spans[0].start : spans[-1].end].strip()


# ClapNQ


class _Passage(BaseModel):
    title: str
    text: str


class _Written(BaseModel):
    answer: str = ""
    selected_sentences: list[str] = []


class _Clap(BaseModel):
    id: str
    input: str
    passages: list[_Passage] = Field(min_length=1)
    output: list[_Written] = []


def clapnq(answerable: Path, unanswerable: Path) -> Rows:
    """A passage is an article; the sentences that any annotator selected are the evidence."""
    rows = Rows()
    names: dict[tuple[str, str], str] = {}
    for file, is_answerable in ((answerable, True), (unanswerable, False)):
        for asked in _read_lines(file, _Clap):
            passage = asked.passages[0]
            key = (passage.title, passage.text)
            if key not in names:
                names[key] = f"cn_p{len(names):04d}"
                rows.articles.append(
                    {
                        "id": names[key],
                        "title": passage.title,
                        "text": passage.text,
                        "source": "Wikipedia (ClapNQ)",
                    }
                )
            written = asked.output if is_answerable else []
            selected = [sentence for of in written for sentence in of.selected_sentences]
            rows.questions.append(
                {
                    "id": f"cn_{asked.id}",
                    "question": asked.input,
                    "answers": [of.answer for of in written if of.answer],
                    "evidence": list(dict.fromkeys(selected)),
                    "article_ids": [names[key]],
                    "answerable": is_answerable,
                }
            )
    return rows


# QED


class _Quoted(BaseModel):
    string: str


class _Answer(BaseModel):
    paragraph_reference: _Quoted


class _Explained(BaseModel):
    answer: list[_Answer] = []
    selected_sentence: _Quoted


class _Qed(BaseModel):
    title_text: str
    question_text: str
    paragraph_text: str
    original_nq_answers: list[list[_Quoted]] = []
    annotation: _Explained


def qed(file: Path) -> Rows:
    """A paragraph is an article, the sentence that annotators selected the evidence; without the
    blanks that the set has before commas and the like."""
    rows = Rows()
    names: dict[tuple[str, str], str] = {}
    for number, asked in enumerate(_read_lines(file, _Qed)):
        key = (asked.title_text, asked.paragraph_text)
        if key not in names:
            names[key] = f"qed{len(names):04d}"
            text = _untokenised(asked.paragraph_text)
            rows.articles.append(
                {"id": names[key], "title": asked.title_text, "text": text, "source": "Wikipedia"}
            )
        answers = [q.string for of in asked.original_nq_answers for q in of]
        answers += [answer.paragraph_reference.string for answer in asked.annotation.answer]
        question = asked.question_text.strip()
        rows.questions.append(
            {
                "id": f"qed-{number:04d}",
                "question": question[:1].upper() + question[1:].rstrip("?") + "?",
                "answers": list(dict.fromkeys(map(_untokenised, answers))),
                "evidence": [_untokenised(asked.annotation.selected_sentence.string)],
                "article_ids": [names[key]],
            }
        )
    return rows


_BEFORE = re.compile(r" (?=[,.;:?!)\]%]|'s\b|n't\b)")
_AFTER = re.compile(r"(?<=[(\[]) ")


def _untokenised(text: str) -> str:
    text = text.replace("`` ", '"').replace(" ''", '"')
    return _AFTER.sub("", _BEFORE.sub("", text)).strip()


# OneStopQA


_TITLE = re.compile(r"# Title\n(.+)")
_MARK = re.compile(r"</?[A-Z]\d>")
_QUESTION = re.compile(r"^Q([12]?): (.+)\na: (.+)$", re.MULTILINE)


def onestop(folder: Path) -> Rows:
    """The texts for advanced readers; evidence are the sentences that the part marked for a
    question is of. The first question of a paragraph is about A1, the second about A2, and the
    third about the one that its mark names."""
    rows = Rows()
    for number, file in enumerate(sorted(folder.glob("*.txt"), key=lambda file: file.name.lower())):
        text = _read(file).decode()
        if not (title := _TITLE.search(text)):
            raise SetFault(f"{file}: no title under '# Title'")
        article, paragraphs = f"onestop{number:02d}", []
        for paragraph in text.split("# Paragraph")[1:]:
            marked = next((li[5:] for li in paragraph.splitlines() if li.startswith("Adv: ")), "")
            plain = _MARK.sub("", marked).strip()
            paragraphs.append(plain)
            asked = enumerate(_QUESTION.findall(paragraph), start=1)
            for place, (which, question, answer) in asked:
                rows.questions.append(
                    {
                        "id": f"{article}-{len(rows.questions):03d}",
                        "question": question.strip(),
                        "answers": [answer.strip()],
                        "evidence": _marked_sentences(marked, plain, int(which or place)),
                        "article_ids": [article],
                    }
                )
        rows.articles.append(
            {
                "id": article,
                "title": title[1].strip(),
                "text": "\n\n".join(paragraphs),
                "source": "The Guardian",
            }
        )
    return rows


def _marked_sentences(marked: str, plain: str, number: int) -> list[str]:
    begin, end = marked.find(f"<A{number}>"), marked.find(f"</A{number}>")
    if not 0 <= begin < end:
        return []
    start = len(_MARK.sub("", marked[:begin]))
    stop = len(_MARK.sub("", marked[:end]).rstrip())
    spans = sentence_spans(plain, "en")
    return [plain[s.start : s.end].strip() for s in spans if s.start < stop and s.end > start]


# MTRAG


class _Turn(BaseModel):
    speaker: str
    text: str


class _Context(BaseModel):
    document_id: str
    text: str
    title: str = ""


class _Task(BaseModel):
    task_id: str
    input: list[_Turn] = Field(min_length=1)
    contexts: list[_Context] = []
    targets: list[_Turn] = []


class _Rewrite(BaseModel):
    id: str = Field(alias="_id")
    text: str


def mtrag(tasks: Path, rewrites: Sequence[Path]) -> Rows:
    """Each passage given for a task is an article and, as a whole, the evidence. `rewrites` are the
    files with the last turns made to stand alone."""
    rows = Rows()
    seen: set[str] = set()
    whole = {row.id: row.text for file in rewrites for row in _read_lines(file, _Rewrite)}
    for task in _read_lines(tasks, _Task):
        for context in task.contexts:
            if context.document_id not in seen:
                seen.add(context.document_id)
                rows.articles.append(
                    {
                        "id": context.document_id,
                        "title": context.title,
                        "text": context.text,
                        "source": "MTRAG",
                    }
                )
        *before, last = task.input
        row: Row = {
            "id": f"mth_{task.task_id.replace('<::>', '_')}",
            "question": last.text,
            "history": [
                {"role": "user" if turn.speaker == "user" else "assistant", "text": turn.text}
                for turn in before
            ],
            "answers": [turn.text for turn in task.targets],
            "evidence": [context.text for context in task.contexts],
            "article_ids": [context.document_id for context in task.contexts],
        }
        if task.task_id in whole:
            row["rewrite"] = whole[task.task_id].removeprefix("|user|:").strip()
        rows.questions.append(row)
    return rows


# Reading


# VitaminC


class _Stated(BaseModel):
    input: str = Field(pattern=r"(?s)^.+\nClaim: .+$")
    target_scores: dict[str, float] = Field(min_length=1)


class _Stating(BaseModel):
    examples: list[_Stated]


_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-COLON-": ":"}


def vitaminc(file: Path, *, every: int, first: int) -> list[Row]:
    """Rows of claims.jsonl: one of `every` so many, from the `first` on; each with the sentence of
    Wikipedia that it is held against, and the title of its article."""
    claims = []
    stated = _read_json(file, _Stating).examples
    for number in range(first, len(stated), every):
        evidence, _, claim = stated[number].input.rpartition("\nClaim: ")
        title, _, sentence = evidence.partition(": ")
        label = max(stated[number].target_scores.items(), key=lambda scored: scored[1])[0]
        claims.append(
            {
                "id": f"v{number}",
                "claim": _without_codes(claim),
                "title": _without_codes(title),
                "evidence": [_without_codes(sentence)],
                "support": "Complete" if label == "True" else "Incomplete",
                "kind": {"False": "refuted", "Neither": "not-told"}.get(label, ""),
            }
        )
    return claims


def _without_codes(text: str) -> str:
    for code, bracket in _BRACKETS.items():
        text = text.replace(code, bracket)
    return _untokenised(text.replace("\ufffd", " "))


_Model = TypeVar("_Model", bound=BaseModel)


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise SetFault(f"{file} has more than {MAX_BYTES:,} bytes")
        return file.read_bytes()
    except OSError as error:
        raise SetFault(f"{file}: {error.strerror}") from error


def _read_json(file: Path, form: type[_Model]) -> _Model:
    try:
        return form.model_validate_json(_read(file))
    except ValidationError as error:
        raise SetFault(f"{file} is not of the form of its set: {_first(error)}") from error


def _read_lines(file: Path, form: type[_Model]) -> Iterator[_Model]:
    for number, line in enumerate(_read(file).split(b"\n"), start=1):
        if line.strip():
            try:
                yield form.model_validate_json(line)
            except ValidationError as error:
                raise SetFault(
                    f"{file}, line {number}, is not of the form of its set: {_first(error)}"
                ) from error


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def written(rows: Sequence[Row]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
