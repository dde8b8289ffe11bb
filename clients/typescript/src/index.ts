export { type CallOptions, type Stub, connect, stub } from "./grpc.js";
export { errorInfo } from "./errors.js";
export type { ErrorInfo } from "./gen/google/rpc/error_details_pb.js";
export * from "./gen/quikstate/v1/error_reason_pb.js";
export * from "./gen/quikstate/v1/item_status_pb.js";
export * from "./gen/quikstate/v1/lock_pb.js";
export * from "./gen/quikstate/v1/position_pb.js";
export * from "./gen/quikstate/v1/rate_limit_pb.js";
export * from "./gen/quikstate/v1/watch_pb.js";
