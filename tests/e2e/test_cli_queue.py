"""`quikstate queue …`: people and scripts send items, consume and settle them, and inspect queues."""

from __future__ import annotations

import json
import signal
import subprocess

import pytest

from support.harness.eventually import wait_until
from support.redis.redis_process import RedisProcess
from support.server.command import Started, StartServing, quikstate

pytestmark = pytest.mark.usefixtures("emptied")


def queue(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return quikstate("queue", *words, QUIKSTATE_ADDR=address)


def send(address: str, *words: str) -> list[str]:
    sent = queue(address, "send", *words)
    assert (sent.returncode, sent.stderr) == (0, "")
    return sent.stdout.split()


def counts(address: str, name: str = "mail") -> tuple[int, int, int, int]:
    """Return the numbers of ready, delayed, leased and dead items."""
    (result,) = json.loads(queue(address, "stats", name, "--json").stdout)
    return int(result["ready"]), int(result["delayed"]), int(result["leased"]), int(result["dead"])


def test_queue_send_receive_and_ack(address: str) -> None:
    ids = send(address, "mail", "one", "two")
    received = queue(address, "receive", "mail", "--max", "2")
    titles, *rows = [line.split() for line in received.stdout.splitlines()]
    assert titles == ["QUEUE", "ID", "ATTEMPT", "RECEIPT", "PAYLOAD"]
    assert [[row[0], row[1], row[2], row[4]] for row in rows] == [
        ["mail", ids[0], "1", "one"],
        ["mail", ids[1], "1", "two"],
    ]
    receipts = [row[3] for row in rows]
    assert queue(address, "receive", "mail").returncode == 1
    assert queue(address, "ack", receipts[0]).returncode == 0
    again = queue(address, "ack", receipts[0])
    assert (again.returncode, again.stderr) == (
        1,
        f"quikstate: {receipts[0]}: no longer valid; the item was settled or delivered again\n",
    )
    assert queue(address, "nack", receipts[1], "--delay", "1h").returncode == 0
    assert counts(address) == (0, 1, 0, 0)


def test_queue_ls_shows_each_queue_with_its_counts(address: str) -> None:
    send(address, "ls:mail", "one", "two")
    send(address, "ls:mail:low", "x", "--delay", "1h")
    send(address, "ls:push", "y")
    queue(address, "receive", "ls:mail")
    titles, *rows = [line.split() for line in queue(address, "ls", "ls:").stdout.splitlines()]
    assert titles == ["QUEUE", "READY", "DELAYED", "LEASED", "DEAD", "OLDEST"]
    assert [row[:5] for row in rows] == [
        ["ls:mail", "1", "0", "1", "0"],
        ["ls:mail:low", "0", "1", "0", "0"],
        ["ls:push", "1", "0", "0", "0"],
    ]
    assert all(row[5].endswith("s") for row in rows)
    shown = json.loads(queue(address, "ls", "ls:mail", "--json").stdout)
    assert [row["queue"] for row in shown] == ["ls:mail", "ls:mail:low"]
    assert [(row["ready"], row["leased"], "oldestAge" in row) for row in shown] == [
        ("1", "1", True),
        ("0", "0", True),
    ]
    assert json.loads(queue(address, "ls", "nothing", "--json").stdout) == []


def test_queue_ls_goes_through_all_pages(address: str, redis: RedisProcess) -> None:
    names = [f"pages:{number:03}" for number in range(101)]
    with redis.client() as client:
        for name in names:
            client.xadd(f"queue:{name}", {"payload": "x"})
    assert queue(address, "stats", *names).returncode == 0  # the server knows them from now on
    wait_until(lambda: len(json.loads(queue(address, "ls", "pages:", "--json").stdout)) == len(names))


def test_queue_send_accepts_lines_and_options(address: str) -> None:
    (one,) = send(address, "mail", "x", "--dedup-key", "k", "--attribute", "a=b", "--delay", "1h")
    again = queue(address, "send", "mail", "y", "--dedup-key", "k")
    assert again.stdout == f"{one} (already enqueued)\n"
    (item,) = json.loads(queue(address, "peek", "mail", "--json").stdout)
    assert (item["itemId"], item["state"], item["attributes"]) == (
        one,
        "QUEUE_ITEM_STATE_DELAYED",
        {"a": "b"},
    )
    with Started("queue", "send", "mail", QUIKSTATE_ADDR=address) as sending:
        sending.enter("first line\nsecond line\n")
        sending.close_input()
        assert sending.ended() == 0
    assert counts(address) == (2, 1, 0, 0)


def test_queue_receive_that_acknowledges_leaves_nothing(address: str) -> None:
    send(address, "mail", "x")
    received = queue(address, "receive", "mail", "--ack", "--json")
    assert json.loads(received.stdout)[0]["payload"] == "x"
    assert counts(address) == (0, 0, 0, 0)


def test_queue_dead_redrive_and_purge(address: str) -> None:
    ids = send(address, "mail", "x", "y", "--attempts", "1")
    for item in json.loads(queue(address, "receive", "mail", "--max", "2", "--json").stdout):
        assert queue(address, "nack", item["receipt"]).stdout == (
            f"{item['receipt']}: last attempt failed; the item is a dead letter\n"
        )
    shown = queue(address, "dead", "mail").stdout.splitlines()
    assert [line.split()[:3] for line in shown[1:]] == [[one, "dead", "1/1"] for one in ids]
    assert queue(address, "redrive", "mail", ids[0]).stdout == "mail: 1 redriven\n"
    assert counts(address) == (1, 0, 0, 1)
    refused = queue(address, "purge", "mail")
    assert (refused.returncode, refused.stderr) == (
        2,
        "quikstate: queue purge: no terminal to confirm on; pass --yes\n",
    )
    assert queue(address, "purge", "mail", "--yes").stdout == "mail: 1 purged\n"
    assert queue(address, "purge", "mail", "--dead", "--yes").stdout == "mail: 1 purged\n"
    assert queue(address, "redrive", "mail").returncode == 1


def test_queue_purge_cancels_a_delayed_item(address: str) -> None:
    (one,) = send(address, "mail", "x", "--delay", "1h")
    assert queue(address, "purge", "mail", one).stdout == "mail: 1 purged\n"
    assert queue(address, "purge", "mail", one).returncode == 1


def test_queue_consume_prints_items_as_they_come(address: str) -> None:
    with Started("queue", "consume", "mail,push", QUIKSTATE_ADDR=address) as consumer:
        send(address, "mail", "one")
        consumer.says("(one)\n")
        send(address, "push", "two")
        consumer.says("(two)\n")
        consumer.send(signal.SIGINT)
        assert consumer.ended() == 0
    assert counts(address) == counts(address, "push") == (0, 0, 0, 0)


def test_queue_consume_runs_a_command_for_each_until_it_succeeds(address: str) -> None:
    command = 'read -r text; echo "$QUIKSTATE_QUEUE $text $QUIKSTATE_ATTEMPT"; test "$QUIKSTATE_ATTEMPT" = 2'
    words = "queue", "consume", "mail", "--retry", "100ms", "--", "sh", "-c", command
    with Started(*words, QUIKSTATE_ADDR=address) as consumer:
        send(address, "mail", "hello")
        consumer.says("(mail hello 1)\n")
        consumer.says("the command exited with (1) on attempt 1\n")
        consumer.says("(mail hello 2)\n")
        consumer.send(signal.SIGTERM)
        assert consumer.ended() == 0
    assert counts(address) == (0, 0, 0, 0)


def test_queue_consume_keeps_the_lease_while_the_command_runs_and_settles_when_told_to_stop(
    address: str,
) -> None:
    words = "queue", "consume", "mail", "--lease", "1s", "--", "sh", "-c", "echo begun; sleep 2.5"
    with Started(*words, QUIKSTATE_ADDR=address) as consumer:
        send(address, "mail", "x")
        consumer.says("(begun)\n")
        consumer.send(signal.SIGINT)
        assert consumer.ended() == 0
        assert consumer.said.count("begun") == 1
    assert counts(address) == (0, 0, 0, 0)


def test_queue_consume_goes_on_with_another_server(
    address: str, redis: RedisProcess, serve: StartServing
) -> None:
    with serve("--redis-url", f"unix://{redis.path}") as first:
        both = f"ipv4:{first.address},{address}"
        with Started("queue", "consume", "mail", QUIKSTATE_ADDR=both) as consumer:
            send(address, "mail", "one")
            consumer.says("(one)\n")
            wait_until(lambda: counts(address) == (0, 0, 0, 0))  # else its settlement may die with the server
            first.kill()
            send(address, "mail", "two")
            consumer.says("(two)\n")
            consumer.send(signal.SIGINT)
            assert consumer.ended() == 0
    assert counts(address) == (0, 0, 0, 0)


def test_queue_consume_without_its_command_gives_the_item_back(address: str) -> None:
    send(address, "mail", "x")
    result = queue(address, "consume", "mail", "--", "/no/such/command")
    assert (result.returncode, result.stderr) == (
        127,
        "quikstate: /no/such/command: No such file or directory\n",
    )
    assert counts(address)[2:] == (0, 0)


def test_queue_commands_without_a_server_end_with_69() -> None:
    for words in (("stats", "mail"), ("consume", "mail")):
        result = quikstate("queue", *words, QUIKSTATE_ADDR="127.0.0.1:1")
        assert result.returncode == 69
        assert result.stderr.startswith("quikstate: 127.0.0.1:1: ")
