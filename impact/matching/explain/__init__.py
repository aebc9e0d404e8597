"""Explanations: codes and figures over a question, its rules and its plan; words for them live in `i18n`.

Read `case` for the one place where a question is put again, `charges` for what prices say without solving,
`standing` for why somebody has what they have, `rule_price` for what a rule costs and how far that holds,
`payers` for who pays, `removal` and `missed` for who could be replaced. What would change it is `changes`.
"""
