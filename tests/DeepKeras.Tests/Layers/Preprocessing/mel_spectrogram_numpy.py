#!/usr/bin/env python3
"""Writes mel_spectrogram_numpy.json: mel spectrograms by NumPy's Fourier transform and the mel scale's formula, in float64.

Run: python3 mel_spectrogram_numpy.py > mel_spectrogram_numpy.json
"""
import json
import sys
import numpy as np


def mel(hertz):
    return 2595 * np.log10(1 + hertz / 700)


def filters(bins, length, rate, lowest, highest):
    feet = np.linspace(mel(lowest), mel(highest), bins + 2)
    places = mel(np.fft.rfftfreq(length, 1 / rate))
    weights = np.array([np.interp(places, feet[b:b + 3], [0, 1, 0]) for b in range(bins)])
    weights[:, 0] = 0
    return weights


def spectrogram(signals, fft, stride, length, window, rate, bins, lowest, highest, decibels, top, exponent, least, reference):
    n = np.arange(length)
    weights = {"hann": 0.5 - 0.5 * np.cos(2 * np.pi * n / length), "hamming": 0.54 - 0.46 * np.cos(2 * np.pi * n / length), None: np.ones(length)}[window]
    before = (fft - length) // 2
    weights = np.pad(weights, (before, fft - length - before))
    padded = np.pad(signals, ((0, 0), (fft // 2, fft // 2)), mode="reflect")
    starts = range(0, padded.shape[1] - fft + 1, stride)
    frames = np.stack([padded[:, s:s + fft] * weights for s in starts], 1)
    magnitudes = np.abs(np.fft.rfft(frames, fft)) ** exponent
    result = np.einsum("ntf,bf->nbt", magnitudes, filters(bins, fft, rate, lowest, highest))
    if decibels:
        result = 10 * np.log10(np.maximum(result, least) / max(abs(reference), least))
        result = np.maximum(result, result.max() - top)
    return result


t = np.arange(45)
signals = np.round(np.stack([np.sin(0.9 * t) + 0.3 * np.cos(2.1 * t), 0.05 * np.sin(1.7 * t + 1) * (t < 30)]), 4)
plain = {"fftLength": 16, "sequenceStride": 5, "sequenceLength": None, "window": "hann", "samplingRate": 8000, "numMelBins": 4, "minFreq": 20, "maxFreq": None,
         "powerToDb": True, "topDb": 80, "magExp": 2, "minPower": 1e-10, "refPower": 1}
cases = []
for title, changes in [
    ("plain", {}), ("a shorter window", {"sequenceLength": 11}), ("hamming", {"window": "hamming", "sequenceLength": 12}), ("no window", {"window": None}),
    ("an odd length", {"fftLength": 15, "sequenceStride": 4}), ("magnitudes", {"powerToDb": False, "magExp": 1}), ("an exponent", {"powerToDb": False, "magExp": 1.5}),
    ("a quieter end", {"topDb": 20}), ("a reference", {"refPower": -4, "minPower": 0.01}), ("a band", {"minFreq": 300, "maxFreq": 2500.5, "samplingRate": 6001}),
]:
    o = {**plain, **changes}
    highest = o["maxFreq"] or o["samplingRate"] // 2
    result = spectrogram(signals, o["fftLength"], o["sequenceStride"], o["sequenceLength"] or o["fftLength"], o["window"], o["samplingRate"], o["numMelBins"], o["minFreq"],
                         highest, o["powerToDb"], o["topDb"], o["magExp"], o["minPower"], o["refPower"])
    cases.append({"title": title, "options": o, "signals": signals.flatten().tolist(), "shape": list(result.shape), "expected": [float(f"{v:.9g}") for v in result.flatten()]})
json.dump(cases, sys.stdout, indent=0)
