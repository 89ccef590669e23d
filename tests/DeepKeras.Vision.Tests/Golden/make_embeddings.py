"""Reference numbers for PCA and t-SNE.

Made with numpy 1.24.2 and scikit-learn 1.2.1 (Debian 12's python3-numpy and python3-sklearn):
    python3 make_embeddings.py > embeddings.json
The data are 90 points of 6 features around three centres (seed 11), rounded so that the text holds them exactly.
"""
import json

import numpy as np
from scipy.spatial.distance import squareform
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities, _kl_divergence
from sklearn.metrics import pairwise_distances

PERPLEXITY = 12.0
rng = np.random.RandomState(11)
centres = rng.randn(3, 6) * 2.5
x = np.round(np.concatenate([rng.randn(30, 6) + c for c in centres]), 4)

pca = PCA(n_components=3, svd_solver="full").fit_transform(x)

distances = pairwise_distances(x, squared=True).astype(np.float32)
p = _joint_probabilities(distances, PERPLEXITY, 0)
y = np.round(rng.randn(90, 2) * 3, 4)
kl, gradient = _kl_divergence(y.ravel(), p, 1, 90, 2)

start = (pca[:, :2] / np.std(pca[:, 0]) * 1e-4).astype(np.float32)
reached = TSNE(perplexity=PERPLEXITY, method="exact", init=start, learning_rate="auto", n_iter=1000, random_state=0).fit(x).kl_divergence_

print(json.dumps({
    "x": x.ravel().tolist(),
    "pca": np.round(pca, 6).ravel().tolist(),
    "perplexity": PERPLEXITY,
    "joint": [float("%.6g" % v) for v in squareform(p)[:8].ravel()],
    "y": y.ravel().tolist(),
    "kl": float(kl),
    "gradient": [float("%.6g" % v) for v in gradient],
    "reached": float(reached),
}, separators=(",", ":")))
