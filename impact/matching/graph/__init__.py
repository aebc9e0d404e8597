"""Who can reach whom, and why: links between products and placements with additive evidence.

Read `links` for what a link holds, `build` for how links are found, `linkgraph` and `backend` for the
NetworkX face, `isolation` for what it answers.
"""

import networkx as _networkx  # noqa: F401 - NetworkX loads `backend` while it is imported, so it has to be first
