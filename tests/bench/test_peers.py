import pytest

from bench.engine.measuring import Run, in_own_process, measured
from bench.engine.peers import EXACT, HANDED
from bench.engine.report import section

pytestmark = pytest.mark.slow

NUM_LINKS = 1_000
SIMPLEX = ("impact", "GLOP dual", "GLOP primal", "HiGHS")


@pytest.fixture(scope="module")
def runs():
    return {peer: measured(NUM_LINKS, peer, 60.0, compared=False) for peer in EXACT}


@pytest.mark.parametrize("peer", SIMPLEX)
def test_simplex_peers_find_the_same_value_and_break_nothing(runs, peer):
    assert runs[peer].objective == pytest.approx(runs["impact"].objective, rel=1e-7)
    assert runs[peer].num_broken == 0


@pytest.mark.parametrize("peer", ["impact", "GLOP dual", "GLOP primal"])
def test_duals_prove_what_simplex_finds(runs, peer):
    assert runs[peer].gap < 1e-6


def test_a_first_order_peer_comes_near_and_proves_how_near(runs):
    assert runs["PDLP 1e-4"].objective == pytest.approx(runs["impact"].objective, rel=1e-2)
    assert 0 < runs["PDLP 1e-4"].gap < 1e-2


def test_where_duals_are_not_to_be_had_no_gap_is_told(runs):
    assert runs["HiGHS"].gap is None


def test_a_peer_that_is_stopped_has_no_figures():
    stopped = measured(30_000, "GLOP primal", 1e-3, compared=False)

    assert stopped.status != "optimal"
    assert stopped.solve_seconds < 30


def test_a_run_in_its_own_process_tells_what_a_heuristic_leaves():
    run = in_own_process(NUM_LINKS, "FairRec", 60.0, compared=True)

    assert run.peak_mb > 10
    assert 0.5 < run.kept_share < 1
    assert run.gap is None


def test_the_table_tells_medians_and_ratios():
    def timed(*seconds):
        return [Run("optimal", 0.5, each - 0.5, each, 100.0, 900, objective=5.0) for each in seconds]

    told = section(
        {peer: timed(3, 1, 2) if peer == "GLOP dual" else timed(1, 9, 4) for peer in (*EXACT, *HANDED)},
        HANDED,
    )

    assert "## 900 links" in told
    assert "| impact | optimal | 3 | 0.500 | 3.50 | 4.00 | 100 | 2.00 | 5.0 | – |" in told
    assert told.count("\n| FairRec |") == 1
