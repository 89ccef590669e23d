"""Writes small image files and, in expected.json, the bytes that Pillow decodes from each.

    python3 make_images.py       # made with Pillow 9.4.0 (libjpeg-turbo, libpng 1.6)
"""

import json
import math
import os

from PIL import Image

OUT = os.path.dirname(os.path.abspath(__file__))
H, W = 13, 21


def wave(y, x, k):
    return int(127.5 + 127.5 * math.sin(0.31 * x * (k + 1) + 0.47 * y + k))


rgb = Image.new("RGB", (W, H))
rgb.putdata([tuple(wave(y, x, k) for k in range(3)) for y in range(H) for x in range(W)])
gray = rgb.convert("L")
rgba = rgb.copy()
rgba.putalpha(gray.rotate(180))
deep = Image.new("I;16", (W, H))
for y in range(H):
    for x in range(W):
        deep.putpixel((x, y), (y * W + x) * 240)

files = {
    "rgb.png": (rgb, {}),
    "gray.png": (gray, {}),
    "rgba.png": (rgba, {}),
    "palette.png": (rgb.quantize(16), {}),
    "bits.png": (gray.convert("1"), {}),
    "rgb420.jpg": (rgb, dict(quality=80, subsampling=2)),
    "rgb444.jpg": (rgb, dict(quality=95, subsampling=0)),
    "progressive.jpg": (rgb, dict(quality=85, progressive=True)),
    "gray.jpg": (gray, dict(quality=85)),
    "cmyk.jpg": (rgb.convert("CMYK"), dict(quality=95)),
}
expected = {}
for name, (image, options) in files.items():
    path = os.path.join(OUT, name)
    image.save(path, **options)
    read = Image.open(path)
    mode = {"P": "RGB", "1": "L", "CMYK": "RGB"}.get(read.mode, read.mode)
    read = read.convert(mode)
    expected[name] = {"shape": [H, W, len(read.getbands())], "bytes": read.tobytes().hex(), "gray": read.convert("RGB").convert("L").tobytes().hex()}

deep.save(os.path.join(OUT, "deep.png"))
scaled = bytes(round((y * W + x) * 240 / 257) for y in range(H) for x in range(W))
expected["deep.png"] = {"shape": [H, W, 1], "bytes": scaled.hex(), "gray": scaled.hex()}

with open(os.path.join(OUT, "expected.json"), "w", encoding="utf-8") as file:
    json.dump(expected, file, indent=1)
    file.write("\n")
