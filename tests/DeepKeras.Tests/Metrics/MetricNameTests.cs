using DeepKeras.Metrics;

namespace DeepKeras.Tests.Metrics;

/// <summary>The strings that Keras takes for metrics, their names in logs, and how "accuracy" is resolved (Keras 3, trainers/compile_utils.py).</summary>
public sealed class MetricNameTests
{
    private static readonly (string Class, string Name)[] s_names =
    [
        ("AUC", "auc"), ("Accuracy", "accuracy"), ("BinaryAccuracy", "binary_accuracy"), ("BinaryCrossentropy", "binary_crossentropy"),
        ("CategoricalAccuracy", "categorical_accuracy"), ("CategoricalCrossentropy", "categorical_crossentropy"), ("CategoricalHinge", "categorical_hinge"),
        ("ConcordanceCorrelation", "concordance_correlation"), ("CosineSimilarity", "cosine_similarity"), ("F1Score", "f1_score"), ("FBetaScore", "fbeta_score"),
        ("FalseNegatives", "false_negatives"), ("FalsePositives", "false_positives"), ("Hinge", "hinge"), ("KLDivergence", "kl_divergence"), ("LogCoshError", "logcosh"),
        ("Mean", "mean"), ("MeanAbsoluteError", "mean_absolute_error"), ("MeanAbsolutePercentageError", "mean_absolute_percentage_error"),
        ("MeanSquaredError", "mean_squared_error"), ("MeanSquaredLogarithmicError", "mean_squared_logarithmic_error"), ("PearsonCorrelation", "pearson_correlation"),
        ("Poisson", "poisson"), ("Precision", "precision"), ("R2Score", "r2_score"), ("Recall", "recall"), ("RootMeanSquaredError", "root_mean_squared_error"),
        ("SparseCategoricalAccuracy", "sparse_categorical_accuracy"), ("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy"),
        ("SparseTopKCategoricalAccuracy", "sparse_top_k_categorical_accuracy"), ("SquaredHinge", "squared_hinge"), ("Sum", "sum"),
        ("TopKCategoricalAccuracy", "top_k_categorical_accuracy"), ("TrueNegatives", "true_negatives"), ("TruePositives", "true_positives"), ("BinaryIoU", "binary_io_u"),
    ];

    [Test]
    public void Every_metric_with_defaults_is_found_by_class_name_and_by_snake_case()
    {
        foreach (var (type, name) in s_names)
        {
            MetricSamples.Create(MetricSamples.Types.Single(t => t.Name == type)).Name.Should().Be(name);
            if (type == "Accuracy") continue;
            MetricResolver.Resolve(type).GetType().Name.Should().Be(type);
            MetricResolver.Resolve(name).GetType().Name.Should().Be(type);
        }
    }

    [TestCase("mse", "MeanSquaredError")]
    [TestCase("MSE", "MeanSquaredError")]
    [TestCase("mae", "MeanAbsoluteError")]
    [TestCase("mape", "MeanAbsolutePercentageError")]
    [TestCase("msle", "MeanSquaredLogarithmicError")]
    [TestCase("bce", "BinaryCrossentropy")]
    [TestCase("kld", "KLDivergence")]
    public void A_string_finds_its_metric_and_stays_its_name(string name, string type)
    {
        Metric metric = name;
        metric.GetType().Name.Should().Be(type);
        metric.Name.Should().Be(name);
    }

    [TestCase("huber", "Huber")]
    [TestCase("log_cosh", "LogCosh")]
    [TestCase("dice", "Dice")]
    public void A_loss_becomes_a_metric_of_that_name(string name, string loss)
    {
        var metric = MetricResolver.Resolve(name, (null, 3), (null, 3)).Should().BeOfType<LossMetric>().Subject;
        metric.Loss.GetType().Name.Should().Be(loss);
        metric.Name.Should().Be(name);
    }

    [TestCase("rmse")]
    [TestCase("iou")]
    public void What_Keras_does_not_know_is_unknown(string name) =>
        FluentActions.Invoking(() => MetricResolver.Resolve(name)).Should().Throw<KerasException>().WithMessage($"Unknown metric \"{name}\". The nearest names are *");

    [Test]
    public void A_metric_that_needs_arguments_says_so() =>
        FluentActions.Invoking(() => (Metric)"mean_io_u").Should().Throw<KerasException>().WithMessage("The metric MeanIoU cannot be made from its name*Create it with 'new MeanIoU(…)'*");

    [TestCase("accuracy")]
    [TestCase("acc")]
    [TestCase("Accuracy")]
    public void Accuracy_is_resolved_by_the_shapes_alone(string name)
    {
        Resolved(name, new Shape((long?)null), (null, 1)).Should().Be("BinaryAccuracy");
        Resolved(name, (null, 1), (null, 1)).Should().Be("BinaryAccuracy");
        Resolved(name, new Shape((long?)null), (null, 10)).Should().Be("SparseCategoricalAccuracy");
        Resolved(name, (null, 1), (null, 10)).Should().Be("SparseCategoricalAccuracy");
        Resolved(name, (null, 8, 8), (null, 8, 8, 21)).Should().Be("SparseCategoricalAccuracy");
        Resolved(name, (null, 10), (null, 10)).Should().Be("CategoricalAccuracy");
    }

    [TestCase("crossentropy")]
    [TestCase("ce")]
    public void Crossentropy_is_resolved_by_the_shapes_alone(string name)
    {
        Resolved(name, (null, 1), (null, 1)).Should().Be("BinaryCrossentropy");
        Resolved(name, new Shape((long?)null), (null, 10)).Should().Be("SparseCategoricalCrossentropy");
        Resolved(name, (null, 10), (null, 10)).Should().Be("CategoricalCrossentropy");
        ((Metric)name).HigherIsBetter.Should().BeFalse();
    }

    [Test]
    public void A_string_turned_into_a_metric_too_early_resolves_at_its_first_batch()
    {
        Metric metric = "accuracy";
        metric.HigherIsBetter.Should().BeTrue();
        Close(metric.Result(), 0);
        metric.Update(Integers([0, 1], 2), Floats([0.9f, 0.1f, 0.8f, 0.2f], 2, 2));
        Close(metric.Result(), 0.5);
        metric.Reset();
        Close(metric.Result(), 0);
    }

    [Test]
    public void An_object_is_what_it_is()
    {
        var precision = new Precision(name: "p");
        MetricResolver.Resolve(precision, (null, 1), (null, 1)).Should().BeSameAs(precision);
    }

    private static string Resolved(string name, Shape yTrue, Shape yPred)
    {
        var metric = MetricResolver.Resolve(name, yTrue, yPred);
        metric.Name.Should().Be(name);
        return metric.GetType().Name;
    }
}
