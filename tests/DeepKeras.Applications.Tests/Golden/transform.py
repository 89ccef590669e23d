"""What torchvision's ImageClassification preset makes of small photos (torchvision 0.14.1, PIL images). Writes transform.json beside this script.

Each case: an image of random bytes (seed 7) smoothed by enlarging, its size, resize, crop, interpolation, and every 7th number of the result (H, W, C)."""
import json, pathlib
import numpy, torch
from PIL import Image
from torchvision.transforms._presets import ImageClassification
from torchvision.transforms import InterpolationMode

random = numpy.random.default_rng(7)
cases = []
for height, width, resize, crop, kind in [(40, 51, 32, 24, "bilinear"), (51, 40, 32, 27, "bicubic"), (20, 20, 32, 32, "bilinear"), (64, 45, 45, 45, "bicubic")]:
    small = random.integers(0, 256, (5, 6, 3), dtype=numpy.uint8)
    photo = Image.fromarray(small).resize((width, height), Image.BICUBIC)
    result = ImageClassification(crop_size=crop, resize_size=resize, interpolation=InterpolationMode(kind))(photo)
    cases.append({
        "pixels": numpy.asarray(photo).flatten().tolist(), "shape": [height, width, 3], "resize": resize, "crop": crop, "interpolation": kind,
        "every7th": [round(v, 5) for v in result.permute(1, 2, 0).flatten()[::7].tolist()],
    })
pathlib.Path(__file__).with_name("transform.json").write_text(json.dumps(cases))
