"""Resizes small pictures with PyTorch's interpolate(align_corners=False) and writes what it gives to resize.json.

    python3 make_resize.py [kangaroo.zip]      # made with PyTorch 1.13.0, Pillow 9.4.0; seed 7
"""

import base64
import io
import json
import os
import random
import sys
import zipfile

import torch
from PIL import Image
from torch.nn.functional import interpolate

OUT = os.path.dirname(os.path.abspath(__file__))
ZIP = sys.argv[1] if len(sys.argv) > 1 else os.path.join(OUT, "..", "..", "..", "..", "shared", "data", "kangaroo.zip")
METHODS = [("nearest", False), ("bilinear", False), ("bilinear", True), ("bicubic", False), ("bicubic", True), ("area", False)]


def resize(image, size, method, antialias):
    options = {} if method in ("nearest", "area") else dict(align_corners=False, antialias=antialias)
    x = image.permute(2, 0, 1).unsqueeze(0).float()
    return interpolate(x, size=size, mode=method, **options)[0].permute(1, 2, 0).contiguous()


def pack(numbers):
    return base64.b64encode(numbers.tobytes()).decode()


random.seed(7)
cases = []
for (h, w, c), sizes in {
    (13, 21, 3): [(7, 9), (19, 30), (13, 5), (1, 1)],
    (9, 40, 1): [(4, 11), (20, 55)],
    (17, 6, 4): [(5, 6), (23, 4)],
    (5, 8, 2): [(9, 3)],
    (1, 3, 3): [(4, 5)],
}.items():
    data = bytes(random.randrange(256) for _ in range(h * w * c))
    image = torch.frombuffer(bytearray(data), dtype=torch.uint8).reshape(h, w, c)
    for size in sizes:
        for method, antialias in METHODS:
            if antialias and c == 2:
                continue
            cases.append(dict(shape=[h, w, c], data=pack(image.numpy()), size=size, method=method, antialias=antialias, expected=pack(resize(image, size, method, antialias).numpy())))

photos = []
with zipfile.ZipFile(ZIP) as archive:
    for name in sorted(n for n in archive.namelist() if n.endswith(".jpg"))[:160:40]:
        picture = Image.open(io.BytesIO(archive.read(name))).convert("RGB")
        image = torch.frombuffer(bytearray(picture.tobytes()), dtype=torch.uint8).reshape(picture.height, picture.width, 3)
        for method, antialias in METHODS:
            photos.append(dict(name=name, size=[9, 12], method=method, antialias=antialias, expected=pack(resize(image, (9, 12), method, antialias).numpy())))

with open(os.path.join(OUT, "resize.json"), "w", encoding="utf-8") as file:
    json.dump(dict(random=cases, photos=photos), file, indent=0)
    file.write("\n")
