"""Writes small image files of the less usual kinds and, in files.json, the pixels that Pillow decodes from each.

    python3 make_files.py       # made with Pillow 9.4.0 (libjpeg-turbo 2.1, libpng 1.6); no random numbers

Sixteen-bit PNG and Adam7 are written by hand here, as Pillow does not write them.
"""

import base64
import io
import json
import math
import os
import struct
import zlib

from PIL import Image, ImageOps

OUT = os.path.dirname(os.path.abspath(__file__))
H, W = 9, 14
files, expected = {}, {}


def wave(y, x, k):
    return 0.5 + 0.5 * math.sin(0.31 * x * (k + 1) + 0.47 * y + k)


def eight(channels):
    mode = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}[channels]
    return Image.frombytes(mode, (W, H), bytes(round(255 * wave(y, x, k)) for y in range(H) for x in range(W) for k in range(channels)))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def filter_row(kind, line, above, step):
    """One row filtered as PNG's section 9 says; returns it and itself for the next."""
    above = above or bytes(len(line))
    out = bytearray([kind])
    for i, v in enumerate(line):
        a, b, c = (line[i - step] if i >= step else 0), above[i], (above[i - step] if i >= step else 0)
        p = a + b - c
        paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
        out.append((v - (0, a, b, (a + b) // 2, paeth)[kind]) % 256)
    return bytes(out), line


def png(bits, colour, sample, interlaced=False, before=(), after=()):
    """A PNG from sample(y, x) → tuple of whole numbers; interlaced ones with all five filters."""
    def rows(ys, xs):
        raw, above = b"", b""
        for y in ys:
            values = [v for x in xs for v in sample(y, x)]
            if not values:
                continue
            if bits == 16:
                line = b"".join(struct.pack(">H", v) for v in values)
            else:
                text = "".join(format(v, f"0{bits}b") for v in values)
                text += "0" * (-len(text) % 8)
                line = bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8))
            filtered, above = filter_row(len(raw) % 5 if interlaced else 0, line, above, max(1, bits * len(sample(0, 0)) // 8))
            raw += filtered
        return raw

    passes = [(0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2), (1, 2, 0, 1)] if interlaced else [(0, 1, 0, 1)]
    raw = b"".join(rows(range(y0, H, dy), range(x0, W, dx)) for y0, dy, x0, dx in passes)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, bits, colour, 0, 0, int(interlaced)))
            + b"".join(chunk(n, d) for n, d in before) + chunk(b"IDAT", zlib.compress(raw)) + b"".join(chunk(n, d) for n, d in after) + chunk(b"IEND", b""))


def exif(orientation, little):
    o = "<" if little else ">"
    entries = [(0x010F, 2, 4, b"abc\0"), (0x0112, 3, 1, struct.pack(o + "HH", orientation, 0)), (0x0128, 3, 1, struct.pack(o + "HH", 2, 0))]
    return (b"II" if little else b"MM") + struct.pack(o + "HIH", 42, 8, len(entries)) + b"".join(struct.pack(o + "HHI", t, k, n) + v for t, k, n, v in entries) + struct.pack(o + "I", 0)


def jpeg(image, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return file.getvalue()


def add(name, data, mode, tolerance=0, pixels=None):
    files[name] = data
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    if pixels is None:
        pixels = image.convert(mode).tobytes()
    channels = {"L": 1, "RGB": 3, "RGBA": 4}[mode]
    expected[name] = dict(file=base64.b64encode(data).decode(), shape=[image.height, image.width, channels], pixels=base64.b64encode(pixels).decode(), tolerance=tolerance)


def full(bits, y, x, channels):
    return tuple(round((2 ** bits - 1) * wave(y, x, k)) for k in range(channels))


def scaled(channels):
    """Sixteen bits rounded to eight, which Pillow cuts off or leaves out."""
    return bytes(round(v / 257) for y in range(H) for x in range(W) for v in full(16, y, x, channels))


for orientation in range(1, 9):
    add(f"orientation{orientation}-{'little' if orientation % 2 else 'big'}.jpg", jpeg(eight(3), quality=92, exif=b"Exif\0\0" + exif(orientation, orientation % 2 == 1)), "RGB")
add("orientation6-little.jpg", jpeg(eight(1), quality=92, exif=b"Exif\0\0" + exif(6, True)), "L")
add("orientation8.png", png(8, 6, lambda y, x: full(8, y, x, 4), before=[(b"eXIf", exif(8, False))]), "RGBA")
add("orientation5.png", png(8, 0, lambda y, x: full(8, y, x, 1), before=[(b"eXIf", exif(5, True))]), "L")

for colour, channels, mode in ((0, 1, "L"), (2, 3, "RGB"), (4, 2, "RGBA"), (6, 4, "RGBA")):
    for interlaced in (False, True):
        kind = {0: "gray", 2: "rgb", 4: "graya", 6: "rgba"}[colour] + ("-adam7" if interlaced else "")
        add(f"{kind}8.png", png(8, colour, lambda y, x: full(8, y, x, channels), interlaced), mode)
        sixteen = scaled(channels)
        if channels == 2:
            sixteen = bytes(v for i in range(0, len(sixteen), 2) for v in (sixteen[i],) * 3 + (sixteen[i + 1],))
        add(f"{kind}16.png", png(16, colour, lambda y, x: full(16, y, x, channels), interlaced), mode, pixels=sixteen)
for bits in (1, 2, 4):
    for interlaced in (False, True):
        kind = f"{bits}" + ("-adam7" if interlaced else "")
        top = 2 ** bits - 1
        add(f"gray{kind}.png", png(bits, 0, lambda y, x: full(bits, y, x, 1), interlaced), "L", pixels=bytes(full(bits, y, x, 1)[0] * 255 // top for y in range(H) for x in range(W)))
palette = [(37 * i % 256, 91 * i % 256, 11 * i + 3) for i in range(16)]
colours = b"".join(bytes(c) for c in palette)
for bits in (1, 2, 4, 8):
    add(f"palette{bits}.png", png(bits, 3, lambda y, x: ((y * 5 + x) % 2 ** min(bits, 4),), bits == 4, before=[(b"PLTE", colours[:3 * 2 ** min(bits, 4)])]), "RGB")
add("palette-alpha.png", png(4, 3, lambda y, x: ((y * 5 + x) % 16,), before=[(b"PLTE", colours), (b"tRNS", bytes(range(0, 160, 16)))]), "RGBA")
add("rgb-key.png", png(8, 2, lambda y, x: (9, 8, 7) if (x + y) % 3 == 0 else full(8, y, x, 3), before=[(b"tRNS", struct.pack(">HHH", 9, 8, 7))]), "RGBA")
add("gray-key.png", png(8, 0, lambda y, x: (9,) if (x + y) % 3 == 0 else (100 + x,), before=[(b"tRNS", struct.pack(">H", 9))]), "RGBA")
keyed = [(65535, 0, 300) if (x + y) % 3 == 0 else full(16, y, x, 3) for y in range(H) for x in range(W)]
add("rgb-key-adam716.png", png(16, 2, lambda y, x: keyed[y * W + x], True, before=[(b"tRNS", struct.pack(">HHH", 65535, 0, 300))]), "RGBA",
    pixels=bytes(v for k, p in enumerate(keyed) for v in (*(round(c / 257) for c in p), 0 if (k // W + k % W) % 3 == 0 else 255)))
add("gamma.png", png(8, 2, lambda y, x: full(8, y, x, 3), before=[(b"gAMA", struct.pack(">I", 100000))]), "RGB")
add("gamma-gray.png", png(8, 0, lambda y, x: full(8, y, x, 1), before=[(b"gAMA", struct.pack(">I", 55555))], after=[(b"tEXt", b"Title\0x")]), "L")

for sampling in (0, 1, 2):
    add(f"progressive{sampling}.jpg", jpeg(eight(3), quality=80, progressive=True, subsampling=sampling), "RGB")
add("progressive-gray.jpg", jpeg(eight(1), quality=80, progressive=True), "L")
cmyk = Image.merge("CMYK", [eight(4).getchannel(k) for k in range(4)])
inks = jpeg(cmyk, quality=95)
adobe = inks.index(b"\xff\xee")
add("cmyk-adobe.jpg", inks, "RGB")
add("cmyk-plain.jpg", inks[:adobe] + inks[adobe + 2 + struct.unpack(">H", inks[adobe + 2:adobe + 4])[0]:], "RGB")
ycck = bytearray(inks)
ycck[adobe + 15] = 2
add("ycck.jpg", bytes(ycck), "RGB")
rgb = bytearray(jpeg(eight(3), quality=95, subsampling=0))
app0 = 4 + struct.unpack(">H", rgb[4:6])[0]
add("adobe-rgb.jpg", bytes(rgb[:2]) + b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0" + bytes(rgb[app0:]), "RGB")
restart = jpeg(eight(3), quality=80)
scan = restart.index(b"\xff\xda")
add("fill-bytes.jpg", restart[:scan] + b"\xff\xff\xff" + restart[scan:], "RGB")
add("trailing.jpg", restart + b"\0\1\2 some notes after the picture", "RGB")

with open(os.path.join(OUT, "files.json"), "w", encoding="utf-8") as file:
    json.dump(expected, file, indent=0)
    file.write("\n")
print(len(expected), "files")
