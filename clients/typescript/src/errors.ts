import { fromBinary } from "@bufbuild/protobuf";
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import * as grpc from "@grpc/grpc-js";
import { type ErrorInfo, ErrorInfoSchema } from "./gen/google/rpc/error_details_pb.js";
import { StatusSchema } from "./gen/google/rpc/status_pb.js";

/** What quikstate says of a failed call: `reason` is the name of an ErrorReason. Undefined if the call never got there. */
export function errorInfo(error: unknown): ErrorInfo | undefined {
  const metadata = (error as Partial<grpc.ServiceError> | undefined)?.metadata;
  for (const bytes of metadata?.get("grpc-status-details-bin") ?? []) {
    for (const detail of fromBinary(StatusSchema, bytes as Buffer).details) {
      const info = anyUnpack(detail, ErrorInfoSchema);
      if (info) return info;
    }
  }
  return undefined;
}
