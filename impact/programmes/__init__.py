"""What a coordinator asks for: a programme's goal and method, who may be in it, and the steps on the way.

Read `document` for what a programme says and `reading` for what is refused in it; then `goals`, `templates`,
`eligibility` over `criteria` and `dossier`, `ladder`, `quotas`, `milestones`. Days are passed in: no clock.
"""
