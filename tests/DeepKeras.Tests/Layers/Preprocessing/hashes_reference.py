#!/usr/bin/env python3
"""Writes hashes_reference.json: fingerprints of byte strings by Google's FarmHash and by HighwayHash's SipHash-2-4, which TensorFlow uses.

Made with Debian's libfarmhash0 (0~git20190513.0d859a8) and libhighwayhash0. Byte i of the text of n bytes is (37 i + n) mod 256; the key is (133, 137).
Run: python3 hashes_reference.py libfarmhash.so.0 libhighwayhash.so.0 > hashes_reference.json
"""
import ctypes
import json
import sys

farm = ctypes.CDLL(sys.argv[1])._ZN10farmhashna6Hash64EPKcm
farm.restype = ctypes.c_uint64
farm.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
sip = ctypes.CDLL(sys.argv[2]).SipHashC
sip.restype = ctypes.c_uint64
sip.argtypes = [ctypes.POINTER(ctypes.c_uint64), ctypes.c_char_p, ctypes.c_uint64]
key = (ctypes.c_uint64 * 2)(133, 137)

cases = []
for length in [*range(0, 70), 95, 96, 97, 127, 128, 129, 191, 192, 193, 256, 1000]:
    text = bytes((37 * i + length) % 256 for i in range(length))
    cases.append({"title": f"{length} bytes", "length": length, "farm": str(farm(text, length)), "sip": str(sip(key, text, length))})
json.dump(cases, sys.stdout, indent=0)
