// A rate limiter as a NestJS service has it: the class is the provider, and whoever injects it asks isRateLimited.
import * as grpc from "@grpc/grpc-js";
import { RateLimitAlgorithm, RateLimitService, type Stub, connect, stub } from "../src/index.js"; // "@quikapp/quikstate"

// @Injectable()
class RateLimiterService {
  constructor(private readonly limits: Stub<typeof RateLimitService.method>) {}

  async isRateLimited(key: string, limit: number, windowSec: number) {
    const { allowed, results } = await this.limits.checkRateLimit(
      {
        hits: [
          {
            name: { case: "key", value: key },
            rule: {
              case: "limit",
              value: {
                algorithm: RateLimitAlgorithm.SLIDING_WINDOW_LOG,
                limit: BigInt(limit),
                window: { seconds: BigInt(windowSec) },
              },
            },
          },
        ],
      },
      { timeoutMs: 2000 },
    );
    const [result] = results;
    return {
      limited: !allowed,
      remaining: Number(result?.remaining ?? 0),
      resetAt: Math.ceil(Date.now() / 1000 + seconds(result?.resetAfter)),
      retryAfterSec: Math.ceil(seconds(result?.retryAfter)), // as Retry-After has it; rounded down it would be too early
    };
  }
}

function seconds(duration?: { seconds: bigint; nanos: number }): number {
  return duration ? Number(duration.seconds) + duration.nanos / 1e9 : 0;
}

async function main(): Promise<void> {
  const client = connect(process.env["QUIKSTATE_ADDR"] ?? "127.0.0.1:50051", grpc.credentials.createInsecure());
  const limiter = new RateLimiterService(stub(RateLimitService, client));
  const key = `messages:user-${process.pid}`;
  for (let call = 1; call <= 4; call++) {
    const { limited, remaining, retryAfterSec } = await limiter.isRateLimited(key, 3, 60);
    console.log(`call ${call}: ${limited ? `limited, again in ${retryAfterSec} s` : `allowed, ${remaining} left`}`);
  }
  client.close();
}

void main();
