"""What holds for every plan, whatever is missed, changed, added or taken out."""

from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cards.readiness.plan import Plan, Studied, plan

from .strategies import MINUTES, TODAY, Task, studied, tasks

SAME_MINUTES = st.just(3.0)


def planned(task: Task) -> Plan:
    return plan(
        task.questions,
        TODAY,
        task.interview_on,
        task.minutes,
        other_minutes=task.other,
        meetings_each=task.meetings_each,
    )


@given(tasks())
def test_nothing_is_planned_on_the_day_of_the_interview_or_after_it(task: Task) -> None:
    days = [day.on for day in planned(task).days]
    assert days == [TODAY + timedelta(days=ahead) for ahead in range(task.days)]


@given(tasks())
def test_a_day_takes_no_more_than_its_minutes_or_one_question(task: Task) -> None:
    for day in planned(task).days:
        assert day.budget == task.other.get(day.on, task.minutes)
        assert day.minutes <= day.budget or len(day.meetings) == (day.budget > 0)


@given(tasks())
def test_a_question_comes_once_a_day_and_not_again_today(task: Task) -> None:
    made = planned(task)
    for day in made.days:
        asked = [meeting.question for meeting in day.meetings]
        assert len(asked) == len(set(asked))
    for question in task.questions:
        if question.answers and question.answers[-1][1] == TODAY:
            assert TODAY not in made.asked_on[question.id]


@given(tasks())
def test_every_question_is_met_often_enough_or_the_plan_says_no(task: Task) -> None:
    made = planned(task)
    if made.shortage is None:
        assert made.below == ()
    else:
        assert made.shortage.minutes > 0
        assert made.shortage.drop


@given(tasks())
def test_a_question_is_new_at_its_first_meeting_only(task: Task) -> None:
    made = planned(task)
    met = {question.id for question in task.questions if question.answers}
    for day in made.days:
        for meeting in day.meetings:
            assert meeting.is_new is (meeting.question not in met)
            met.add(meeting.question)
    assert met == {question.id for question in task.questions} - set(made.left_out)


@given(tasks())
def test_without_what_it_says_to_drop_the_plan_succeeds(task: Task) -> None:
    shortage = planned(task).shortage
    assume(shortage is not None and task.questions)
    assert shortage is not None
    rest = [one for one in task.questions if one.id not in shortage.drop]
    assert planned(replace(task, questions=rest)).shortage is None
    one_more = [one for one in task.questions if one.id not in shortage.drop[:-1]]
    assert planned(replace(task, questions=one_more)).shortage is not None


@given(tasks(least=6, days=st.integers(4, 12), budgets=st.sampled_from([2.0, 5.0])))
def test_with_the_minutes_it_asks_for_the_plan_succeeds_and_with_one_less_it_does_not(
    task: Task,
) -> None:
    shortage = planned(task).shortage
    assume(shortage is not None and shortage.more_minutes is not None)
    assert shortage is not None
    assert shortage.more_minutes is not None
    assert planned(_with_more(task, shortage.more_minutes)).shortage is None
    assert planned(_with_more(task, shortage.more_minutes - 1)).shortage is not None


def _with_more(task: Task, more: int) -> Task:
    other = {day: minutes + more if minutes else 0.0 for day, minutes in task.other.items()}
    return replace(task, minutes=task.minutes + more if task.minutes else 0.0, other=other)


@given(tasks())
def test_the_same_state_gives_the_same_plan(task: Task) -> None:
    assert planned(task) == planned(task)


@dataclass(frozen=True)
class Turn:
    """What happens on a day before it is planned again."""

    is_missed: bool
    qualities: list[int]
    minutes: float | None
    added: float | None
    is_one_removed: bool


QUALITIES = st.lists(st.sampled_from([1, 3, 4, 5]), min_size=3, max_size=3)
TURNS = st.builds(
    Turn,
    st.booleans(),
    QUALITIES,
    st.none() | st.sampled_from([3.0, 10.0, 30.0]),
    st.none() | MINUTES,
    st.booleans(),
)


def _answered(questions: list[Studied], made: Plan, qualities: list[int]) -> list[Studied]:
    today = made.days[0]
    asked = {meeting.question for meeting in today.meetings}
    return [
        replace(one, answers=(*one.answers, (qualities[one.id % len(qualities)], today.on)))
        if one.id in asked
        else one
        for one in questions
    ]


@settings(max_examples=60, deadline=None)
@given(tasks(), st.data())
def test_a_life_of_missed_days_and_changes_keeps_every_promise(
    task: Task, data: st.DataObject
) -> None:
    questions, minutes = task.questions, task.minutes
    for ahead in range(task.days):
        today = TODAY + timedelta(days=ahead)
        turn = data.draw(TURNS)
        minutes = turn.minutes or minutes
        if turn.added:
            added = studied(100 + ahead, turn.added, [], 0)
            questions = [*questions, added]
        if turn.is_one_removed:
            questions = questions[1:]
        made = plan(
            questions, today, task.interview_on, minutes,
            other_minutes=task.other, meetings_each=task.meetings_each,
        )  # fmt: skip
        assert all(today <= day.on < task.interview_on for day in made.days)
        assert all(
            day.minutes <= day.budget or len(day.meetings) == 1 for day in made.days if day.budget
        )
        assert made.shortage is not None or made.below == ()
        if not turn.is_missed:
            questions = _answered(questions, made, turn.qualities)


@settings(max_examples=60, deadline=None)
@given(tasks(SAME_MINUTES), QUALITIES)
def test_a_plan_that_can_be_kept_and_is_kept_never_turns_out_too_long(
    task: Task, qualities: list[int]
) -> None:
    assume(planned(task).shortage is None)
    questions = task.questions
    for ahead in range(task.days):
        made = plan(
            questions, TODAY + timedelta(days=ahead), task.interview_on, task.minutes,
            other_minutes=task.other, meetings_each=task.meetings_each,
        )  # fmt: skip
        assert made.shortage is None
        questions = _answered(questions, made, qualities)
    assert all(len(question.answers) >= task.meetings_each for question in questions)
