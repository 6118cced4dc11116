"""Table: every fault that we say is survived, what must hold, and the tests that prove it, wherever they lie."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """What is broken, what must hold all the same, and by which tests: `file::test`, files under tests/."""

    broken: str
    holds: str
    proofs: tuple[str, ...]


_API, _QUEUE, _STORE = "faults/test_api_killed.py", "faults/test_queue_away.py", "faults/test_store_away.py"
_WORKERS, _DEPLOY = "faults/test_workers_killed.py", "faults/test_deploy.py"

FAULTS = {
    1: Fault(
        "the api is killed after the commit of a wish, before anybody is woken",
        "the job runs by itself; the same key is the same job",
        (f"{_API}::test_a_wish_whose_api_is_killed_after_the_commit_runs_by_itself_and_its_key_finds_it",),
    ),
    2: Fault(
        "the api is killed before that commit",
        "nothing is kept; asked again it is one job",
        (f"{_API}::test_a_wish_whose_api_is_killed_before_the_commit_leaves_nothing_and_is_one_job_when_asked_again",),
    ),
    3: Fault(
        "the answer to a wish is lost",
        "asked again it is the same job, and says so",
        (f"{_API}::test_a_wish_whose_answer_was_lost_is_the_same_job_when_asked_again",),
    ),
    4: Fault(
        "Redis is away, or takes everything and says nothing, while a wish comes",
        "taken at once; written when Redis is back",
        (
            f"{_QUEUE}::test_a_wish_while_redis_is_away_is_taken_at_once_and_written_when_it_is_back",
            "test_api_health.py::test_attack_80_without_redis_it_is_degraded_and_still_takes_wishes",
        ),
    ),
    5: Fault(
        "the queue is emptied under 50 waiting and 5 running jobs",
        "55 succeed, once each",
        (
            f"{_QUEUE}::test_a_queue_emptied_under_fifty_waiting_and_five_running_jobs_loses_none_and_doubles_none",
            "test_worker.py::test_an_emptied_queue_loses_no_job",
        ),
    ),
    6: Fault(
        "Redis is lost while a worker is idle, writes, or has just ended a job",
        "the worker is started anew; nothing is lost",
        (
            f"{_QUEUE}::test_redis_lost_while_a_worker_is_idle_or_writes_or_ends_costs_nothing",
            f"{_QUEUE}::test_workers_behind_a_line_that_went_dead_unnoticed_hear_again_before_long",
            "test_worker.py::test_a_worker_that_waits_hears_again_soon_after_redis_is_back_and_empty",
        ),
    ),
    7: Fault(
        "Postgres is killed and started again while patterns are written",
        "workers wait for it; the api says 503 and when to come again; no row twice",
        (
            f"{_STORE}::test_while_postgres_is_killed_and_started_again_the_api_says_503_and_jobs_go_on",
            "test_worker.py::test_postgres_killed_and_restarted_in_the_middle_costs_no_row",
        ),
    ),
    8: Fault(
        "Postgres is half open: it takes what it is sent and says nothing",
        "requests are 503 in seconds, streams stay open and go on; the same of Redis: streams poll",
        (
            f"{_STORE}::test_a_postgres_that_swallows_what_it_is_sent_is_given_up_in_seconds"
            "_and_asked_again_when_it_is_back",
            f"{_STORE}::test_a_stream_over_a_postgres_that_falls_silent_stays_open_and_goes_on_without_a_gap",
            f"{_QUEUE}::test_rows_reach_a_stream_by_polling_while_redis_swallows_what_it_is_told",
        ),
    ),
    9: Fault(
        "every connection of Postgres is taken",
        "503; it recovers by itself",
        (f"{_STORE}::test_with_every_connection_of_postgres_taken_the_api_says_503_and_recovers_by_itself",),
    ),
    10: Fault(
        "the sweep is killed between a ring and its mark; or there are two",
        "no attempt twice",
        (
            f"{_QUEUE}::test_a_sweep_killed_between_the_ring_and_its_mark_rings_again_and_the_job_is_written_once",
            "test_sweep.py::test_ringing_twice_queues_once",
            "test_sweep.py::test_two_sweeps_at_once_take_a_job_back_once",
        ),
    ),
    11: Fault(
        "a worker is killed in the middle of a row",
        "another goes on behind the last good row; no row twice, no gap in the log",
        ("test_worker.py::test_attack_89_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing",),
    ),
    12: Fault(
        "a worker is frozen past its lease, and wakes",
        "what it writes late is refused; one end",
        ("test_worker.py::test_a_worker_frozen_past_its_lease_writes_nothing_when_it_wakes",),
    ),
    13: Fault(
        "a worker is told to stop, once or twice",
        "it hands its job back within a row; no crash is counted",
        (
            "test_worker.py::test_a_worker_told_to_stop_hands_its_job_back_within_a_row",
            "test_records_jobs.py::test_a_job_handed_back_waits_again_and_counts_no_crash",
        ),
    ),
    14: Fault(
        "a job kills three workers",
        "it has failed, `attempts-exhausted`; one message; the queue goes on",
        (f"{_WORKERS}::test_a_job_that_kills_three_workers_has_failed_is_told_once_and_the_queue_goes_on",),
    ),
    15: Fault(
        "a worker's clock is an hour off",
        "nothing changes: Postgres's clock counts",
        (f"{_WORKERS}::test_a_worker_whose_clock_is_an_hour_off_keeps_its_lease_and_writes_as_any",),
    ),
    16: Fault(
        "the supervisor is killed",
        "its processes end with it; `up` starts clean",
        ("test_embedded_stack.py::test_killed_it_takes_its_processes_along_and_starts_clean_again",),
    ),
    17: Fault(
        "a rolling deploy with a migration, under load",
        "no job fails, no request is 5xx",
        (f"{_DEPLOY}::test_a_rolling_deploy_with_a_migration_under_load_fails_no_job_and_no_request",),
    ),
    18: Fault(
        "the model refuses, is broken, is missing, is away",
        "asked again, ever more slowly; the job waits and says so; given up after MODEL_WAIT",
        (
            "test_worker.py::test_a_model_that_is_away_is_waited_for",
            "test_writer.py::test_a_server_that_is_not_ready_is_asked_again",
            "test_writer.py::test_a_model_that_stays_away_is_given_up_after_the_wait",
        ),
    ),
    19: Fault(
        "the model falls silent, before its first word or in the middle",
        "cut; goes on behind the last good row",
        (
            "test_writer.py::test_no_answer_before_the_first_byte_counts_as_away",
            "test_writer.py::test_silence_in_the_middle_is_cut",
            "test_model_faults.py::test_a_fault_costs_a_pattern_nothing_but_time",
        ),
    ),
    20: Fault(
        "the model's stream ends early, with an error, cut by length",
        "goes on behind the last good row",
        ("test_worker.py::test_a_stream_that_ends_in_the_middle_costs_no_row",),
    ),
    21: Fault(
        "the model writes junk, a line without end, a pattern without end",
        "bounded; kept as not proven, or `model-output-invalid`",
        (
            "test_model_faults.py::test_attack_86_a_fault_that_never_ends_ends_the_job_in_words_and_keeps_what_was_good",
            "test_model_faults.py::test_good_rows_without_end_are_bounded",
            "test_model_faults.py::test_a_row_without_end_is_cut_and_written_anew",
        ),
    ),
    22: Fault(
        "a stream is cut at any event",
        "resumed behind it; all of them together are the log",
        (
            "test_api_events.py::test_a_stream_goes_on_at_any_event",
            "test_eventsource.py::test_an_eventsource_gets_each_event_once_however_often_it_is_cut_off",
        ),
    ),
    23: Fault(
        "the server of a stream is killed",
        "another goes on without a gap",
        (f"{_API}::test_a_stream_whose_server_is_killed_goes_on_elsewhere_without_a_gap",),
    ),
    24: Fault(
        "a receiver says 500 three times",
        "four tries under one id, each signed anew",
        ("test_deliverer.py::test_f24_three_failures_and_a_success_are_four_tries_under_one_id_each_signed_anew",),
    ),
    25: Fault(
        "the sweep is killed after sending",
        "sent again under the same id",
        ("test_deliverer.py::test_f25_a_sweep_killed_after_sending_sends_again_under_the_same_id",),
    ),
    26: Fault(
        "a receiver is gone, redirects, asks to wait, hangs, floods",
        "switched off; failed; waited for; 15 seconds; 64 kB",
        (
            "test_deliverer.py::test_f26_gone_is_one_try_and_switches_the_receiver_off",
            "test_deliverer.py::test_f26_a_retry_after_is_waited_for",
            "test_webhooks_live.py::test_attack_18_live_a_redirect_inward_is_not_followed",
            "test_webhooks_live.py::test_attack_28_live_a_receiver_without_an_end_costs_15_seconds_and_64_kb",
        ),
    ),
    27: Fault(
        "a receiver's name turns inward between wish and try",
        "blocked at connect",
        ("test_deliverer.py::test_f27_a_name_that_turns_inward_between_wish_and_try_is_blocked_at_connect",),
    ),
    28: Fault(
        "a cancel meets the end, a thousand times",
        "one end",
        (
            "test_records_jobs.py::test_cancel_against_finish_has_one_winner",
            "test_api_jobs.py::test_attack_77_cancels_against_the_end_leave_one_end",
        ),
    ),
    29: Fault(
        "a job is canceled or deleted while it is written",
        "the writing stops, the model is let go, nothing reappears",
        (
            "test_worker.py::test_canceling_stops_the_writing_and_lets_the_model_go",
            "test_makers_races.py::test_attack_77_delete_while_running_leaves_one_end_and_no_row",
        ),
    ),
    30: Fault(
        "a phone's clock is a year ahead",
        "set back; later ticks win",
        ("test_records_progress.py::test_a_phone_a_year_ahead_is_set_back_and_its_replay_gets_the_same_stamp",),
    ),
    31: Fault(
        "an outbox is sent three times in any order; two phones tick one row",
        "the same state; one tick",
        (
            "test_records_progress.py::test_ticks_replayed_and_shuffled_end_the_same",
            "test_records_progress.py::test_two_phones_at_once_lose_no_tick",
        ),
    ),
}
