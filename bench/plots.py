"""Diagrams of the figures, as SVG."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.figures import judged
from bench.measures import reliability, risk_by_coverage
from bench.outcomes import Outcome
from footnote.index.finding.confidence import NEAR, SURE

_INCHES = (5, 4)


def reliability_diagram(outcomes: Sequence[Outcome], file: Path) -> None:
    """How often the first sentence answers, by the confidence in it; ideal is the diagonal."""
    bins = reliability(judged(outcomes))
    figure, axes = _diagram("confidence", "share whose first sentence answers")
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", linewidth=1)
    axes.plot([b.confidence for b in bins], [b.right for b in bins], marker="o")
    for b in bins:
        axes.annotate(f"{b.count}", (b.confidence, b.right), fontsize=7)
    axes.axvline(SURE, color="grey", linewidth=1)
    axes.axvline(NEAR, color="grey", linewidth=1, linestyle=":")
    figure.savefig(file)


def risk_against_coverage(outcomes: Sequence[Outcome], file: Path) -> None:
    """The share of wrong answers among those given, as less and less sure ones are given too."""
    curve = risk_by_coverage(judged(outcomes))
    figure, axes = _diagram("coverage", "risk")
    axes.plot([coverage for coverage, _ in curve], [risk for _, risk in curve])
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom=0)
    figure.savefig(file)


def latency_against_size(seconds: Mapping[str, Mapping[int, float]], file: Path) -> None:
    """`seconds`: of each line by the number of passages."""
    figure, axes = _diagram("passages", "milliseconds")
    for name, by_size in seconds.items():
        milliseconds = [1000 * by_size[size] for size in sorted(by_size)]
        axes.plot(sorted(by_size), milliseconds, marker="o", label=name)
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.legend()
    figure.savefig(file)


def _diagram(x: str, y: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=_INCHES, layout="constrained")
    axes = figure.add_subplot()
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    return figure, axes
