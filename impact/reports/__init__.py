"""Plans → figures and codes, no prose: what pages, files and the API show.

Read `solved` for what a report is made from, `measures` for the figures of a plan as a whole, `breakdown`,
`flows` and `places` for who got what, `why` for why, `standing` for how the rules came out, `imputed` for
what nobody observed. `comparing` puts plans side by side; `partners` and `recruiting` say who is not in,
`neighbourhood` draws who is near.
"""
