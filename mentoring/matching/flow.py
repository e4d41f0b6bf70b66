"""OR-Tools as another solver, where it is installed: faster on large sparse problems, with the same results.

The same, because ties are broken after it and every answer is settled by exact integers.
"""

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.graph import Graph
from mentoring.matching.solve import Solver, scipy_solver


def solver_called(name: str) -> Solver:
    """Give the solver of this name: scipy or ortools; raises ValueError for another, ImportError for one not there."""
    if name == "scipy":
        return scipy_solver
    if name == "ortools":
        from ortools.graph.python import min_cost_flow  # noqa: F401 - said at once if it is not installed

        return flow_solver
    raise ValueError(f"there is no solver called {name}")


def flow_solver(graph: Graph, capacity: Ints) -> Ints:
    """Match by min-cost flow: a source, the mentees, the mentors, and a way round for each mentee who stays alone."""
    from ortools.graph.python import min_cost_flow

    n, m = graph.n, graph.m
    source, sink = n + m, n + m + 1
    highest = int(graph.weight.max()) if graph.size else 0
    mentees, mentors = np.arange(n), n + np.arange(m)
    tail = np.concatenate([np.full(n, source), graph.rows, mentors, mentees])
    head = np.concatenate([mentees, n + graph.mentor, np.full(m, sink), np.full(n, sink)])
    room = np.concatenate([np.ones(n + graph.size), np.minimum(capacity, n), np.ones(n)]).astype(np.int64)
    cost = np.concatenate([np.zeros(n), highest - graph.weight, np.zeros(m), np.full(n, highest)]).astype(np.int64)
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    flow.set_nodes_supplies(np.array([source, sink]), np.array([n, -n]))
    if flow.solve() != flow.OPTIMAL:
        # It scales costs by the number of nodes and refuses those that would not fit 64 bits then.
        return scipy_solver(graph, capacity)
    used = np.flatnonzero(np.asarray(flow.flows(arcs))[n : n + graph.size] > 0)
    mate = np.full(n, NOBODY, dtype=np.int64)
    mate[graph.rows[used]] = graph.mentor[used]
    return mate
