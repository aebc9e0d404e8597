"""Postings: what a webhook was told, and telling it again."""

from collections.abc import Iterator

from flask import Response
from pydantic import BaseModel

from impact.api.contract.delivery import deliver, stated
from impact.api.contract.operation import FORBID, JSON, AnyOperation, Asked, NoBody, NoQuery, Operation
from impact.api.contract.paging import After, Listed, page_of
from impact.api.contract.refusals import Refused
from impact.api.resources.webhooks import wanted_hook
from impact.api.service import Service
from impact.store.webhooks.postings import Posting, PostingStatus


class PostingView(BaseModel):
    """What a webhook was told. `answer` is what came of the last try: a status, or why nobody answered."""

    model_config = FORBID

    news_id: str
    kind: str
    at: str
    status: PostingStatus
    attempts: int
    answer: str
    tried_at: str | None
    due_at: str | None


class PostingList(Listed[PostingView]):
    """What a webhook was told, the newest first; `next` is the cursor of the page after, null on the last."""


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show what webhooks were told."""

    def postings(asked: Asked[After, NoBody]) -> Response:
        found = wanted_hook(service, asked.path["hook_id"], asked.who)
        told = service.post_office.page(found.hook_id, asked.query.cursor, asked.query.limit + 1)
        shown, rest = page_of(told, asked.query.limit, lambda posting: posting.news_id)
        return deliver(PostingList(items=list(map(_shown, shown)), next=rest), asked.media)

    def again(asked: Asked[NoQuery, NoBody]) -> Response:
        found = wanted_hook(service, asked.path["hook_id"], asked.who)
        posting = service.post_office.again(found.hook_id, asked.path["news_id"])
        if posting is None:
            raise Refused("noun_not_found", 404, name=asked.path["news_id"])
        return stated(_shown(posting), 202)

    told = "/webhooks/{hook_id}/postings"
    yield Operation("postings", told, postings, After, {JSON: PostingList})
    yield Operation(
        "post_again", f"{told}/{{news_id}}/again", again, NoQuery, {JSON: PostingView}, "POST", status=202
    )


def _shown(posting: Posting) -> PostingView:
    return PostingView.model_validate(posting, from_attributes=True)
