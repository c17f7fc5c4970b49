"""Rounds of seconds into rows, and rows into tables. Needs nothing beyond Python."""

import csv
import io
from dataclasses import asdict, dataclass
from statistics import median

SECONDS_A_YEAR = 365.25 * 24 * 3600


@dataclass
class Row:
    experiment: str
    who: str
    kind: str
    settings: str
    rounds: int
    seconds: float  # median over rounds, as are the ratios
    least_seconds: float
    most_seconds: float
    network_steps_per_s: float
    times_logmargin: float  # seconds over logmargin's in the same round
    least_times: float
    most_times: float
    extrapolated: bool
    import_s: float
    compile_s: float
    difference: float  # of a pre-activation from logmargin's, at most
    margin_difference: float


def make_row(seconds, reference_seconds, network_steps, **rest):
    """Ratios are within a round: what else the machine does then weighs on both."""
    if len(seconds) != len(reference_seconds) or not seconds:
        raise ValueError("a row needs one time of each in every round")
    ratios = [mine / its for mine, its in zip(seconds, reference_seconds)]
    return Row(
        rounds=len(seconds),
        seconds=median(seconds),
        least_seconds=min(seconds),
        most_seconds=max(seconds),
        network_steps_per_s=network_steps / median(seconds),
        times_logmargin=median(ratios),
        least_times=min(ratios),
        most_times=max(ratios),
        **rest,
    )


def extrapolate(seconds, late_step, more_steps):
    """Seconds with so many more steps, from one run's seconds and those of one of its late steps."""
    return seconds + late_step * more_steps


def as_csv(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=[field for field in Row.__dataclass_fields__], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({k: f"{v:.6g}" if isinstance(v, float) else v for k, v in asdict(row).items()})
    return text.getvalue()


def least_over_least(row, rows):
    """Seconds of the least disturbed rounds over those of the experiment's reference, whose ratios are all 1."""
    reference = next(r for r in rows if r.experiment == row.experiment and r.least_times == r.most_times == 1.0)
    return row.least_seconds / reference.least_seconds


def as_markdown(rows):
    """rows: of one experiment."""
    lines = [
        "| who | seconds: median (least to most) | network-steps/s | times logmargin's time | least over least "
        "| import + compile, s | largest difference | settings |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in sorted(rows, key=lambda row: row.seconds):
        mark = " (extrapolated)" if row.extrapolated else ""
        lines.append(
            f"| {row.who} | {row.seconds:.3g} ({row.least_seconds:.3g} to {row.most_seconds:.3g}){mark} "
            f"| {row.network_steps_per_s:.3g} | {row.times_logmargin:.3g} ({row.least_times:.3g} to {row.most_times:.3g}) "
            f"| {least_over_least(row, rows):.3g} "
            f"| {row.import_s:.2g} + {row.compile_s:.2g} | {row.difference:.1e} | {row.settings} |"
        )
    return "\n".join(lines) + "\n"
