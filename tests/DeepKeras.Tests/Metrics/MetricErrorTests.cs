using DeepKeras.Metrics;

namespace DeepKeras.Tests.Metrics;

/// <summary>What metrics refuse, and in which words.</summary>
public sealed class MetricErrorTests
{
    [TestCaseSource(nameof(Arguments))]
    public void Arguments_out_of_range(Action create, string message) => Message(create).Should().Be(message);

    [TestCaseSource(nameof(Inputs))]
    public void Inputs_that_do_not_fit(Action update, string message) => Message(update).Should().Be(message);

    [Test]
    public void Unknown_words()
    {
        Message(() => _ = new AUC(curve: "ROOC")).Should().Be("Unknown curve of AUC \"ROOC\". It must be one of: \"PR\", \"PRGAIN\", \"ROC\".");
        Message(() => _ = new AUC(summationMethod: "sum")).Should().StartWith("Unknown summation method of AUC \"sum\".");
        Message(() => _ = new F1Score(average: "mean")).Should().StartWith("Unknown average \"mean\".");
        Message(() => _ = new R2Score(classAggregation: "mean")).Should().StartWith("Unknown class aggregation \"mean\".");
        _ = new AUC(curve: "pr", summationMethod: "Interpolation");
    }

    [Test]
    public void Targets_of_the_other_kind()
    {
        Shapes(new CategoricalAccuracy(), new Shape((long?)null), (null, 10)).Should().Be(
            "Metric 'categorical_accuracy' of output 'dense' expects targets of shape (None, 10) but received (None,). Use SparseCategoricalAccuracy for class numbers, or \"accuracy\", which chooses by the shapes.");
        Shapes(new TopKCategoricalAccuracy(), (32, 8), (null, 10)).Should().EndWith("but received (32, 8). Give targets of the output's shape.");
        Shapes(new SparseTopKCategoricalAccuracy(), (32, 10), (null, 10)).Should().Be(
            "Metric 'sparse_top_k_categorical_accuracy' of output 'dense' expects targets of shape (None,) but received (32, 10). The targets look one-hot: use TopKCategoricalAccuracy, or \"accuracy\", which chooses by the shapes.");
        Shapes(new SparseCategoricalAccuracy(), (32, 7), (null, 10)).Should().EndWith("Give one class number per row of class scores.");
        Shapes("mse", new Shape((long?)null), (null, 10)).Should().StartWith(
            "Metric 'mse' does not fit: Loss 'mean_squared_error' of output 'dense' expects targets of shape (None, 10) but received (None,).");
    }

    [Test]
    public void Targets_that_fit_are_accepted()
    {
        new CategoricalAccuracy().CheckShapes((32, 10), (null, 10), "dense");
        new SparseCategoricalAccuracy().CheckShapes(new Shape(32L), (null, 10), "dense");
        new SparseCategoricalAccuracy().CheckShapes((32, 1), (null, 10), "dense");
        new DeepKeras.Metrics.MeanSquaredError().CheckShapes(new Shape(32L), (null, 1), "dense");
    }

    [Test]
    public void Fit_refuses_a_metric_that_does_not_fit()
    {
        var model = new Sequential { new DeepKeras.Layers.Dense(3, inputShape: 2) };
        model.Compile("sgd", loss: "ce", metrics: [new CategoricalAccuracy()]);
        Message(() => model.Fit(torch.ones([4, 2]), Integers([0, 1, 2, 0], 4), verbose: 0)).Should().StartWith("Metric 'categorical_accuracy' of output");
    }

    private static IEnumerable<TestCaseData> Arguments()
    {
        yield return Refuses(() => new TopKCategoricalAccuracy(k: 0), "Metric TopKCategoricalAccuracy: k must be at least 1 but was 0. Give the number of guesses that count as a hit.");
        yield return Refuses(() => new SparseTopKCategoricalAccuracy(k: -1), "Metric SparseTopKCategoricalAccuracy: k must be at least 1 but was -1. Give the number of guesses that count as a hit.");
        yield return Refuses(() => new Precision(thresholds: 50), "Metric with thresholds: thresholds must be numbers from 0 to 1 but was [50]. Predictions are probabilities; for logits put a sigmoid before, or pass fromLogits where the metric has it.");
        yield return Refuses(() => new Precision(thresholds: []), "Metric with thresholds: thresholds must be numbers from 0 to 1 but was []. Predictions are probabilities; for logits put a sigmoid before, or pass fromLogits where the metric has it.");
        yield return Refuses(() => new Recall(topK: 0), "Metric recall: topK must be at least 1 but was 0. Leave it out to count all classes.");
        yield return Refuses(() => new Recall(classId: -1), "Metric recall: classId must be 0 or more but was -1. Leave it out to count all classes.");
        yield return Refuses(() => new AUC(numThresholds: 1), "Metric AUC: numThresholds must be at least 2 but was 1. Leave it out for 200.");
        yield return Refuses(() => new AUC(numLabels: 3), "Metric AUC: numLabels must be left out without multiLabel but was 3. Pass multiLabel: true for one curve per label.");
        yield return Refuses(() => new PrecisionAtRecall(90), "Metric precision_at_recall: recall must be between 0 and 1 but was 90. It is a rate, not a percentage.");
        yield return Refuses(() => new PrecisionAtRecall(0.9, numThresholds: 0), "Metric with numThresholds: numThresholds must be at least 1 but was 0. Leave it out for 200.");
        yield return Refuses(() => new FBetaScore(beta: 0), "Metric fbeta_score: beta must be above 0 but was 0. 1 weighs precision and recall alike.");
        yield return Refuses(() => new F1Score(threshold: 2), "Metric f1_score: threshold must be above 0 and at most 1 but was 2. Leave it out to take the largest score of each row.");
        yield return Refuses(() => new R2Score(numRegressors: -1), "Metric R2Score: numRegressors must be 0 or more but was -1. Leave it out for the plain figure.");
        yield return Refuses(() => new MeanIoU(0), "Metric mean_io_u: numClasses must be at least 1 but was 0. Count the background as a class too.");
        yield return Refuses(() => new IoU(3, [0, 3]), "Metric io_u: targetClassIds must be from 0 to 2 but was 0, 3. Classes are counted from 0.");
    }

    private static IEnumerable<TestCaseData> Inputs()
    {
        var (vector, matrix, cube) = (torch.zeros([4]), torch.zeros([4, 3]), torch.zeros([4, 3, 2]));
        yield return Updates(new AUC(multiLabel: true), cube, cube, "Metric 'auc' (AUC) expects (N, labels) with multiLabel but received (4, 3, 2). Flatten further axes, or leave multiLabel out.");
        yield return Updates(new AUC(multiLabel: true, numLabels: 2), matrix, matrix, "Metric 'auc' (AUC) expects 2 labels but received (4, 3). Give numLabels and labelWeights for as many labels as the output has.");
        yield return Updates(new Precision(classId: 3), matrix, matrix, "Metric 'precision' (Precision) expects at least 4 classes for classId 3 but received (4, 3). Classes are counted from 0.");
        yield return Updates(new F1Score(), vector, matrix, "Metric 'f1_score' (F1Score) expects targets and predictions of shape (N, classes) but received (4,) and (4, 3). One-hot encode class numbers with ToCategorical.");
        yield return Updates(new R2Score(), cube, cube, "Metric 'r2_score' (R2Score) expects targets and predictions of shape (N, outputs) but received (4, 3, 2). Flatten further axes.");
    }

    private static TestCaseData Refuses(Func<Metric> create, string message) => new((Action)(() => create()), message);

    private static TestCaseData Updates(Metric metric, Tensor yTrue, Tensor yPred, string message) => new((Action)(() => metric.Update(yTrue, yPred)), message);

    private static string Shapes(Metric metric, Shape yTrue, Shape yPred) => Message(() => metric.CheckShapes(yTrue, yPred, "dense"));

    private static string Message(Action action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
