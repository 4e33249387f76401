"""Asks a backend by an xDS target, once for each line that it reads, and prints who answered."""

import sys

import grpc

with grpc.insecure_channel("xds:///shop") as channel:
    name = channel.unary_unary("/it.Backend/Name")
    for _ in sys.stdin:
        try:
            answer = name(b"", timeout=10).decode()
        except grpc.RpcError as error:
            answer = f"{error.code().name} {error.details()}".replace("\n", " ")
        print(answer, flush=True)
