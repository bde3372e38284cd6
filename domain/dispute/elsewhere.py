"""Decisions that record what other bodies did, and what limitation does meanwhile."""

from collections.abc import Sequence
from datetime import date

from domain.dispute import facts
from domain.dispute.arithmetic import check_lines
from domain.dispute.checks import (
    GROUNDS,
    PROCEDURES,
    RESULTS,
    STANDSTILLS,
    STEP_PROCEDURES,
    STEPS,
    known,
    on_track,
    workers_of,
)
from domain.dispute.records import ANY, Track
from domain.dispute.state import DisputeState
from domain.dispute.values import Line
from domain.kernel import N_, Event, Refused, decides


class ElsewherePhase(DisputeState):
    """Procedures of other bodies, and limitation 时效."""

    @decides("D-00", ANY)
    def record_step(
        self,
        *,
        procedure: str,
        step: str,
        workers: Sequence[str],
        days: int | None = None,
        ref_no: str | None = None,
    ) -> list[Event]:
        """Record a step elsewhere; an extension carries its days (added to the raw length)."""
        known(procedure, STEP_PROCEDURES, "procedure")
        known(step, STEPS, "step")
        on_track(self, workers, set(Track))
        if (step == "extended") != bool(days and days > 0):
            raise Refused(
                rule="D-00", text=N_("延长须填写大于零的天数，其他进度不填天数。"), field="days"
            )
        return [
            facts.ExternalStepRecorded(
                procedure=procedure, step=step, workers=tuple(workers), days=days, ref_no=ref_no
            )
        ]

    @decides("D-00", ANY)
    def record_result(
        self,
        *,
        procedure: str,
        result: str,
        workers: Sequence[str],
        final: bool,
        awards: Sequence[Line] = (),
        received_on: date | None = None,
        ref_no: str | None = None,
    ) -> list[Event]:
        """Record how a procedure elsewhere ended, and what it awards claim by claim."""
        known(procedure, PROCEDURES, "procedure")
        known(result, RESULTS, "result")
        on_track(self, workers, set(Track))
        if awards:
            check_lines(awards, "awards")
            if not workers_of(self, awards, "awards") <= set(workers):
                raise Refused(
                    rule="D-06", text=N_("裁决金额只能属于所选劳动者的请求。"), field="awards"
                )
        return [
            facts.ExternalResultRecorded(
                procedure=procedure,
                result=result,
                workers=tuple(workers),
                awards=tuple(awards),
                received_on=received_on,
                final=final,
                ref_no=ref_no,
            )
        ]

    @decides("D-00", ANY)
    def interrupt_limitation(self, *, workers: Sequence[str], ground: str) -> list[Event]:
        """Record an interruption: the year starts again from this day (DL-08b)."""
        known(ground, GROUNDS, "ground")
        on_track(self, workers, set(Track))
        return [facts.LimitationInterrupted(workers=tuple(workers), ground=ground)]

    @decides("D-00", ANY)
    def suspend_limitation(self, *, workers: Sequence[str], ground: str) -> list[Event]:
        """Record that the year stands still (DL-08c)."""
        known(ground, STANDSTILLS, "ground")
        on_track(self, workers, set(Track))
        if not self.limitation_paused.isdisjoint(workers):
            raise Refused(rule="D-00", text=N_("时效已处于中止。"), field="workers")
        return [facts.LimitationSuspended(workers=tuple(workers), ground=ground)]

    @decides("D-00", ANY)
    def resume_limitation(self, *, workers: Sequence[str]) -> list[Event]:
        """Record that the year runs on (DL-08c)."""
        on_track(self, workers, set(Track))
        if not self.limitation_paused.issuperset(workers):
            raise Refused(rule="D-00", text=N_("时效没有中止。"), field="workers")
        return [facts.LimitationResumed(workers=tuple(workers))]
