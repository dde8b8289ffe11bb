"""INFO of Redis and Valkey, as typed values."""

from __future__ import annotations

from quikstate_server.redis_client.server_info import CommandInfo, KeyspaceInfo, parse_server_info

MASTER = """\
# Server
redis_version:7.0.15
uptime_in_seconds:61
# Memory
used_memory:1000
mem_fragmentation_ratio:1.50
maxmemory_policy:noeviction
# Replication
role:master
connected_slaves:2
slave0:ip=10.0.0.2,port=6380,state=online,offset=90,lag=1
slave1:ip=fd00::2,port=6380,state=wait_bgsave,offset=0,lag=-1
master_repl_offset:100
# Keyspace
db0:keys=3,expires=1,avg_ttl=5
db11:keys=1,expires=0,avg_ttl=0
# Commandstats
cmdstat_get:calls=5,usec=10,usec_per_call=2.00,rejected_calls=1,failed_calls=2
cmdstat_client|setname:calls=1,usec=70,usec_per_call=70.00,rejected_calls=0,failed_calls=0
"""


def test_server_info_of_a_master() -> None:
    info = parse_server_info("a:1", MASTER)
    assert (info.product, info.version, info.uptime_seconds) == ("redis", "7.0.15", 61)
    assert (info.memory.used_bytes, info.memory.fragmentation_ratio) == (1000, 1.5)
    assert (info.replication.role, info.replication.master, info.replication.offset_bytes) == (
        "master",
        "",
        100,
    )
    replicas = [(each.address, each.state, each.lag_bytes, each.lag_seconds) for each in info.replicas]
    assert replicas == [("10.0.0.2:6380", "online", 10, 1), ("[fd00::2]:6380", "wait_bgsave", 100, 0)]
    assert info.keyspaces == [KeyspaceInfo(0, 3, 1), KeyspaceInfo(11, 1, 0)]
    assert info.commands == [CommandInfo("client|setname", 1, 70, 0, 0), CommandInfo("get", 5, 10, 1, 2)]


def test_server_info_of_a_replica_of_valkey() -> None:
    text = (
        "redis_version:7.2.4\r\nvalkey_version:9.1.2\r\nrole:slave\r\nmaster_host:h\r\nmaster_port:1\r\n"
        "master_link_status:up\r\nslave_repl_offset:7\r\n"
    )
    info = parse_server_info("b:2", text)
    assert (info.product, info.version) == ("valkey", "9.1.2")
    replication = info.replication
    assert (replication.role, replication.master, replication.offset_bytes) == ("replica", "h:1", 7)
    assert replication.master_link_up


def test_server_info_of_a_server_that_says_little_is_zero() -> None:
    info = parse_server_info("c:3", "used_memory:much\nmaxmemory:\n")
    assert (info.version, info.memory.used_bytes, info.memory.max_bytes) == ("", 0, 0)
    assert (info.persistence.aof_last_write_ok, info.replication.master_link_up) == (True, False)
    assert (info.keyspaces, info.commands, info.replicas) == ([], [], [])
