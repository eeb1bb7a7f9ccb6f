# A loop over layers, folds and penalties as one writes it with scikit-learn. argv: folder with the features, layers, dims, penalties ...
import json
import os
import warnings

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_info

warnings.simplefilter("ignore")
folder, layers, dims = argv[0], int(argv[1]), int(argv[2])
penalties = [float(value) for value in argv[3:]]
features = numpy.fromfile(os.path.join(folder, "features.f32"), dtype="<f4").reshape(-1, layers, dims)
labels = numpy.fromfile(os.path.join(folder, "labels.i32"), dtype="<i4")
folds = numpy.fromfile(os.path.join(folder, "folds.i32"), dtype="<i4")
blas = ", ".join(f"{pool['internal_api']} {pool['threading_layer']} x {pool['num_threads']}" for pool in threadpool_info() if pool["user_api"] == "blas")
info = f"scikit-learn {sklearn.__version__}, {blas}"


def run():
    scores = []
    for layer in range(layers):
        decided = numpy.zeros((len(penalties), len(labels)), dtype=int)
        for fold in range(folds.max() + 1):
            held = folds == fold
            scaler = StandardScaler().fit(features[~held, layer])
            train, test = scaler.transform(features[~held, layer]), scaler.transform(features[held, layer])
            for index, penalty in enumerate(penalties):
                model = LogisticRegression(C=penalty, max_iter=1000).fit(train, labels[~held])
                decided[index, held] = model.predict(test)
        scores.append([f1_score(labels, decisions, average="weighted") for decisions in decided])
    with open(os.path.join(folder, "waf.json"), "w") as file:
        json.dump(scores, file)
