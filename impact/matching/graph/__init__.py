"""Who can reach whom, and why: links between products and placements with additive evidence.

Read `links` for what a link holds, `build` for how links are found, `backend` for the NetworkX face.
"""
