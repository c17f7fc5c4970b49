"""What every peer shares: jobs come as JSON lines on stdin, answers go as JSON lines to stdout.

A peer is a class made from its settings; its imports belong into __init__, where their time is measured:

    versions            what it runs on, by name
    prepare(problem, z) compiles; nothing of it counts as steps
    start(z)            a state, from a NumPy array of z11, z12, z21, z22
    advance(state, n)   n steps later, computed when this returns
    fetch(state)        the NumPy array again
"""

import json
import os
import sys
import time

from recurrence import Problem


class Unavailable(Exception):
    """Why this peer cannot run here."""


def _answers():
    """stdout for answers alone: what libraries print goes to stderr."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return lambda answer: print(json.dumps(answer), file=answers, flush=True)


def _read(job):
    import numpy

    return numpy.fromfile(job["initial"]).reshape(4, -1)


def _loop(peer, job):
    z = _read(job)
    state = peer.start(z)
    begin = time.perf_counter()
    state = peer.advance(state, job["steps"])
    total = time.perf_counter() - begin
    peer.fetch(state).tofile(job["final"])
    return {"seconds": {"total": total}}


def _experiment(peer, problem, job):
    """From the file of initial values to the table on disk. late: the steps of the last decade of t alone, where few
    records interrupt them."""
    from statistics_of_margins import HEADER, outcomes, record

    begin = time.perf_counter()
    late = {"seconds": 0.0, "steps": 0}
    state = peer.start(_read(job))
    lines = [HEADER]
    reached = 0
    for t in job["times"]:
        before = time.perf_counter()
        state = peer.advance(state, t - reached)
        if t > job["steps"] / 10:
            late["seconds"] += time.perf_counter() - before
            late["steps"] += t - reached
        reached = t
        z = peer.fetch(state)
        lines.append(record(problem, t, z))
    counts = outcomes(z)
    with open(job["table"], "w") as table:
        table.write("\n".join(lines) + "\n")
    total = time.perf_counter() - begin
    z.tofile(job["final"])
    return {"seconds": {"total": total}, "late": late, "outcomes": counts, "classified": int(lines[-1].split(",")[1])}


def serve(make_peer):
    """make_peer(settings) gives the peer or raises Unavailable."""
    answer = _answers()
    settings = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    begin = time.perf_counter()
    try:
        peer = make_peer(settings)
    except (Unavailable, ImportError) as reason:
        answer({"skipped": str(reason)})
        return
    answer({"versions": peer.versions, "import_s": time.perf_counter() - begin})
    for line in sys.stdin:
        job = json.loads(line)
        problem = Problem(*job["data"], job["eta"])
        if job["kind"] == "prepare":
            begin = time.perf_counter()
            peer.prepare(problem, _read(job))
            answer({"compile_s": time.perf_counter() - begin})
        elif job["kind"] == "loop":
            answer(_loop(peer, job))
        else:
            answer(_experiment(peer, problem, job))
