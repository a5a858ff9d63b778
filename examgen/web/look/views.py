"""The pages, and what they send."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from answers.verdict import Verdict
from examgen.folder.pages.form_fields import NAME, NUMBER
from examgen.folder.questions import sentence_html
from examgen.web.look import queues
from examgen.web.look.desk import Decision, Refused
from examgen.web.look.keys import AS_KEY, CHOSEN, KEYS, LETTERS, Keys, is_of_key
from examgen.web.look.owners import owners, taken_papers
from examgen.web.look.placing import neighbours, places
from examgen.web.look.rows import row_of
from examgen.web.look.sent import Cover, Decided, Decisions, Nothing, Placed, Typed
from examgen.web.messages import Sent, read_message
from examgen.web.site import Site, page
from grader.scan.account import TICKED
from grader.scan.reading.writing import BLANK, WRITTEN
from grader.scan.records import ALIKE, Kind
from grader.scan.scan import write_answers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from starlette.requests import Request

    from examgen.folder.students import Student
    from examgen.web.look.desk import Desk
    from examgen.web.look.pictures import Pictures
    from examgen.web.look.verdicts import Judge
    from grader.scan.records import ReadRecord

SITE = "look"
OWN = tuple(
    f"{SITE}/{name}"
    for name in ("look.css", "undo.js", "pages.js", "sheet.js", "typing.js", "people.js")
)
ROWS, BLANKS, TICKS = 6, 60, 24
ROOM = {BLANK: BLANKS, TICKED: TICKS, WRITTEN: KEYS}  # for crops on a screen
LONGEST, MOST = 4_000, 100  # characters of an answer, and decisions at once
JPEG = "image/jpeg"
_Sent = TypeVar("_Sent", bound=Sent)


class Views:
    """The pages of an exam's scans.

    Args:
        desk: what is decided.
        pictures: what is shown.
        judge: what judges while somebody types.
        roster: who may have taken papers that were made for nobody.
    """

    def __init__(
        self, desk: Desk, pictures: Pictures, judge: Judge, roster: Sequence[Student]
    ) -> None:
        self.desk, self.pictures, self.judge, self.roster = desk, pictures, judge, roster
        self.keys = Keys(desk)

    def site(self) -> Site:
        """Return the site."""
        get: dict[str, Callable[[Request], Response]] = {
            "/": self.overview,
            "/pages": self.placing,
            "/blanks": lambda request: self.sheet(request, BLANK),
            "/ticks": lambda request: self.sheet(request, TICKED),
            "/keys": lambda request: self.sheet(request, WRITTEN),
            "/typing": self.typing,
            "/second": lambda request: self.typing(request, is_second=True),
            "/people": self.people,
            "/ink": self.ink,
            "/picture": self.picture,
            "/whole": self.whole,
        }
        post = {
            "/settle": _answering(Decisions, self.settle),
            "/place": _answering(Placed, self.place),
            "/undo": _answering(Nothing, self.undo),
            "/judge": _answering(Typed, self.say_verdict),
            "/owners": _answering(Cover, self.owners),
        }
        routes = [
            *(Route(path, view) for path, view in get.items()),
            *(Route(path, view, methods=["POST"]) for path, view in post.items()),
        ]
        return Site(SITE, routes, OWN, {"exam": self.desk.folder.name}, self.desk.say)

    # -- pages ------------------------------------------------------------------------------------

    def overview(self, request: Request) -> Response:
        """Show what is to be done, and what came of all images."""
        with self.desk.lock:
            self.desk.refresh()
            report = write_answers(self.desk.target, self.desk.printed, self.desk.account)
            return page(
                request,
                "overview.html.j2",
                report=report,
                counts={
                    "pages": len(queues.open_pages(self.desk)),
                    "blanks": sum(len(one.reads) for one in queues.sheets(self.desk, BLANK)),
                    "ticks": sum(len(one.reads) for one in queues.sheets(self.desk, TICKED)),
                    "keys": sum(len(one.reads) for one in self.keys.sheets()),
                    "typing": len(queues.to_type(self.desk)),
                    "second": len(queues.second(self.desk, request.state.person)),
                    "people": len(queues.nameless(self.desk)),
                },
                prose=queues.prose(self.desk),
                agreement=queues.agreement(self.desk),
                decided=queues.decided_by(self.desk),
                share=queues.SHARE,
            )

    def placing(self, request: Request) -> Response:
        """Show an image that could not be placed, or two of the same page."""
        with self.desk.lock:
            self.desk.refresh()
            waiting = queues.open_pages(self.desk)
            left_out = set(request.query_params.getlist("later"))
            mine = [one.image for one in waiting if one.image not in left_out]
            taken = self.desk.leases.take(mine, request.state.person)
            shown = self.desk.journal.pages[str(taken[0])] if taken else None
        if shown is None:
            return page(request, "pages.html.j2", shown=None, left=len(waiting))
        sheet = (shown.paper, shown.page)
        twins = self.desk.account.sheets.get(sheet, []) if shown.kind is Kind.PAGE else []
        is_twice = len(twins) > 1
        return page(
            request,
            "pages.html.j2",
            shown=shown,
            left=len(waiting),
            why=self.desk.account.doubt(sheet) if shown.kind is Kind.PAGE else shown.why,
            twins=twins if is_twice else (),
            near=neighbours(self.desk, shown),
            places=() if is_twice else places(self.desk, shown),
            later=[*left_out, shown.image],
        )

    def sheet(self, request: Request, state: str) -> Response:
        """Show many answers: alike ones of which a rule decided the same, or beside their keys."""
        with self.desk.lock:
            self.desk.refresh()
            found = self.keys.sheets() if state == WRITTEN else queues.sheets(self.desk, state)
            waiting = list(found)
            mine = self._leased(
                request, (read for one in waiting for read in one.reads), ROOM[state]
            )
            beside = {read.key: self.keys.beside(read) for read in mine}
        self.pictures.prepare(mine)
        keys = {read.key for read in mine}
        shown = (
            (one, [read for read in one.reads if read.key in keys], sentence_html(one.text))
            for one in waiting
        )
        return page(
            request,
            "sheet.html.j2",
            sheets=[(one, reads, text) for one, reads, text in shown if reads],
            asked=self.desk.asked,
            here=len(mine),
            left=sum(len(one.reads) for one in waiting),
            state=state,
            why=AS_KEY if state == WRITTEN else "seen on a contact sheet",
            beside=beside,
            letters=dict(zip(beside, LETTERS, strict=False)),
        )

    def typing(self, request: Request, *, is_second: bool = False) -> Response:
        """Show answers to type, a few of the same question; blind where they are read again."""
        person = request.state.person
        with self.desk.lock:
            self.desk.refresh()
            waiting = queues.second(self.desk, person) if is_second else queues.to_type(self.desk)
            mine = self._leased(request, waiting, 1)
            alike = [one for one in waiting if mine and one.answer == mine[0].answer]
            mine = self._leased(request, alike, ROWS)
            rows = [row_of(self.desk, one, is_blind=is_second) for one in mine]
        self.pictures.prepare(mine)
        return page(
            request,
            "typing.html.j2",
            rows=rows,
            left=len(waiting),
            is_second=is_second,
            chosen=CHOSEN,
        )

    def people(self, request: Request) -> Response:
        """Show the covers of papers that were made for nobody."""
        with self.desk.lock:
            self.desk.refresh()
            waiting = queues.nameless(self.desk)
            mine = self._leased(request, waiting, 1)
        self.pictures.prepare(mine)
        read = mine[0] if mine else None
        boxes = {"number": NUMBER, "name": NAME}
        known = self.desk.journal.reads
        return page(
            request,
            "people.html.j2",
            read=read,
            boxes={what: box for what, box in boxes.items() if read and (read.image, box) in known},
            left=len(waiting),
            roster=len(self.roster),
        )

    def ink(self, request: Request) -> Response:
        """Show where an answer is on its page, and all that was decided about it."""
        with self.desk.lock:
            self.desk.refresh()
            read = self._found(request)
            journal = self.desk.journal
            return page(
                request,
                "ink.html.j2",
                read=read,
                source=journal.pages[read.image],
                settled=journal.settled.get(read.key),
                twice=journal.twice.get(read.key),
            )

    def picture(self, request: Request) -> Response:
        """Give the picture of an answer's boxes."""
        return _jpeg(self.pictures.box(self._read(request)))

    def whole(self, request: Request) -> Response:
        """Give the picture of a whole image, with the boxes of an answer framed if one is named."""
        if "answer" in request.query_params:
            read = self._read(request)
            return _jpeg(self.pictures.whole(read.image, read))
        image = request.query_params.get("image", "")
        if image not in self.desk.journal.pages:
            raise HTTPException(404, "There is no such image.")
        return _jpeg(self.pictures.whole(image))

    # -- what pages send --------------------------------------------------------------------------

    def settle(self, sent: Decisions, person: str) -> object:
        """Take decisions."""
        if not 1 <= len(sent.decisions) <= MOST:
            raise Refused(f"between 1 and {MOST} decisions are taken at once")
        made = [_decision(one) for one in sent.decisions]
        if sent.again:
            made = [replace(one, why=ALIKE if self._is_alike(one) else "") for one in made]
        self.desk.settle(made, person, sent.page, is_second=sent.again)
        return {}

    def _is_alike(self, again: Decision) -> bool:
        """Return whether a second reading is right, as the key is that somebody confirmed."""
        read = self.desk.journal.reads.get(again.place)
        first = self.desk.journal.settled.get(again.place)
        if read is None or first is None or not is_of_key(first) or not again.text:
            return False
        texts = (first.text, again.text)
        return all(self.judge.say(read, text).verdict == Verdict.CORRECT for text in texts)

    def place(self, sent: Placed, person: str) -> object:
        """Take what an image is."""
        found = self.desk.place(sent.image, sent.said, person)
        say = self.desk.say
        return {"kind": found.kind, "says": say(found.kind), "why": say.translate(found.why)}

    def undo(self, _: Nothing, person: str) -> object:
        """Take back what a person did last."""
        return {"page": self.desk.undo(person)}

    def say_verdict(self, sent: Typed, person: str) -> object:
        """Judge what is typed so far."""
        read = self.desk.journal.reads.get((sent.image, sent.answer))
        if read is None or len(sent.text) > LONGEST:
            raise Refused("there is no such answer, or the text is too long")
        self.desk.leases.keep(person)
        return asdict(self.judge.say(read, sent.text))

    def owners(self, sent: Cover, person: str) -> object:
        """Propose whose a paper is."""
        self.desk.leases.keep(person)
        with self.desk.lock:
            has = taken_papers(self.desk)
        found = owners(self.roster, sent.number[:100], sent.name[:100], has)
        return {
            "owners": [{"id": o.student.id, "name": o.student.name, "has": o.has} for o in found]
        }

    # -- what they share --------------------------------------------------------------------------

    def _leased(
        self, request: Request, reads: Iterable[ReadRecord], count: int
    ) -> list[ReadRecord]:
        known = {read.key: read for read in reads}
        mine = self.desk.leases.take(known, request.state.person, count)
        return [read for key, read in known.items() if key in set(mine)]

    def _read(self, request: Request) -> ReadRecord:
        place = (request.query_params.get("image", ""), request.query_params.get("answer", ""))
        read = self.desk.journal.reads.get(place)
        if read is None:
            raise HTTPException(404, "There is no such answer on this image.")
        return read

    def _found(self, request: Request) -> ReadRecord:
        """Return an answer by its image, or by its paper as somebody typed it."""
        paper = request.query_params.get("paper", "").strip()
        if not paper:
            return self._read(request)
        name = request.query_params.get("answer", "").strip()
        for read in self.desk.journal.reads.values():
            sheet = self.desk.account.sheets.get((read.paper, read.page), [])
            is_here = read.image in {one.image for one in sheet}
            if (read.paper, read.answer) == (paper, name) and is_here:
                return read
        raise HTTPException(404, f"Nothing was scanned of answer {name} of paper {paper}.")


def _decision(sent: Decided) -> Decision:
    is_typed = sent.state == "typed"
    if bool(sent.text.strip()) != is_typed or len(sent.text) > LONGEST:
        raise Refused("type what is written, or say that nothing is")
    return Decision((sent.image, sent.answer), sent.state, sent.text, sent.why[:200])


def _jpeg(picture: bytes | None) -> Response:
    if picture is None:
        raise HTTPException(404, "This picture cannot be cut out of its image.")
    return Response(picture, media_type=JPEG)


def _answering(
    shape: type[_Sent], work: Callable[[_Sent, str], object]
) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers a message: with JSON, or with why it is refused."""

    async def answer(request: Request) -> Response:
        sent = await read_message(request, shape)
        try:
            return JSONResponse(await run_in_threadpool(work, sent, request.state.person))
        except Refused as error:
            say = request.app.state.shown["_"]
            return JSONResponse({"error": say.translate(str(error))}, 409)

    return answer
