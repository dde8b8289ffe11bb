"""Which Redis the settings mean, and its topology."""

from __future__ import annotations

from quikstate_server.settings import Mode, RedisUrl, Settings, StartRefused
from quikstate_server.topology.dial import Address, Credentials
from quikstate_server.topology.embedded import embedded
from quikstate_server.topology.standalone import standalone
from quikstate_server.topology.topology import OnChange, Topology


def connect(settings: Settings, on_change: OnChange = lambda: None) -> Topology:
    """A topology, not yet started; StartRefused where there is none of its kind."""
    target = settings.redis_target
    if target is None:
        return embedded(
            settings.data_dir, settings.redis, channel_prefix=settings.channel_prefix, on_change=on_change
        )
    if target.mode is Mode.STANDALONE:
        return standalone(
            address_of(target),
            Credentials(target.username, target.password, target.database),
            settings.redis,
            channel_prefix=settings.channel_prefix,
            on_change=on_change,
        )
    raise StartRefused(f"redis_url: {target.mode.value} Redis is not available yet; use redis:// or unix://")


def address_of(target: RedisUrl) -> Address:
    if target.path:
        return Address(path=target.path)
    host, port = target.hosts[0]
    return Address(host, port, tls=target.tls)
