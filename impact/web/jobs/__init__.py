"""Jobs as people follow them: `outcomes` says where what came of one is shown, `pages` has the addresses."""

from impact.web.jobs.pages import register

__all__ = ["register"]
