using DeepKeras.Losses;

namespace DeepKeras.Tests.Losses;

/// <summary>The strings that Keras takes for losses, and the names that losses have in logs (Keras 3, losses/__init__.py and losses/losses.py).</summary>
public sealed class LossNameTests
{
    private static readonly (string Class, string Name)[] s_names =
    [
        ("BinaryCrossentropy", "binary_crossentropy"),
        ("BinaryFocalCrossentropy", "binary_focal_crossentropy"),
        ("CTC", "ctc"),
        ("CategoricalCrossentropy", "categorical_crossentropy"),
        ("CategoricalFocalCrossentropy", "categorical_focal_crossentropy"),
        ("CategoricalGeneralizedCrossEntropy", "categorical_generalized_cross_entropy"),
        ("CategoricalHinge", "categorical_hinge"),
        ("Circle", "circle"),
        ("CosineSimilarity", "cosine_similarity"),
        ("Dice", "dice"),
        ("Hinge", "hinge"),
        ("Huber", "huber_loss"),
        ("KLDivergence", "kl_divergence"),
        ("LogCosh", "log_cosh"),
        ("MeanAbsoluteError", "mean_absolute_error"),
        ("MeanAbsolutePercentageError", "mean_absolute_percentage_error"),
        ("MeanSquaredError", "mean_squared_error"),
        ("MeanSquaredLogarithmicError", "mean_squared_logarithmic_error"),
        ("Poisson", "poisson"),
        ("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy"),
        ("SquaredHinge", "squared_hinge"),
        ("Tversky", "tversky"),
    ];

    [Test]
    public void Every_loss_of_Keras_is_here_under_its_name()
    {
        foreach (var (type, name) in s_names)
        {
            Loss loss = type;
            loss.GetType().Name.Should().Be(type);
            loss.Name.Should().Be(name);
        }
        LossSamples.Types.Should().HaveCount(s_names.Length);
    }

    [TestCase("mse", "MeanSquaredError")]
    [TestCase("MSE", "MeanSquaredError")]
    [TestCase("mae", "MeanAbsoluteError")]
    [TestCase("MAE", "MeanAbsoluteError")]
    [TestCase("mape", "MeanAbsolutePercentageError")]
    [TestCase("MAPE", "MeanAbsolutePercentageError")]
    [TestCase("msle", "MeanSquaredLogarithmicError")]
    [TestCase("MSLE", "MeanSquaredLogarithmicError")]
    [TestCase("bce", "BinaryCrossentropy")]
    [TestCase("BCE", "BinaryCrossentropy")]
    [TestCase("kld", "KLDivergence")]
    [TestCase("KLD", "KLDivergence")]
    [TestCase("huber", "Huber")]
    [TestCase("log_cosh", "LogCosh")]
    [TestCase("ctc", "CTC")]
    [TestCase("kl_divergence", "KLDivergence")]
    [TestCase("categorical_generalized_cross_entropy", "CategoricalGeneralizedCrossEntropy")]
    public void A_string_finds_its_loss(string name, string type) => ((Loss)name).GetType().Name.Should().Be(type);

    [Test]
    public void A_name_of_ones_own_stays() => new Huber(name: "robust").Name.Should().Be("robust");

    [Test]
    public void An_unknown_name_lists_the_nearest() =>
        FluentActions.Invoking(() => (Loss)"categorical_crossentrpy").Should().Throw<KerasException>()
            .Which.Message.Should().StartWith("Unknown loss \"categorical_crossentrpy\".").And.Contain("\"categorical_crossentropy\"");

    [TestCase("sum_over_batch_size", "sum_over_batch_size")]
    [TestCase("mean", "sum_over_batch_size")]
    [TestCase("sum", "sum")]
    [TestCase("mean_with_sample_weight", "mean_with_sample_weight")]
    [TestCase("none", "none")]
    public void A_reduction_is_written_as_Keras_writes_it(string name, string text) => ((Reduction)name).ToString().Should().Be(text);

    [Test]
    public void An_unknown_reduction_lists_all() =>
        FluentActions.Invoking(() => (Reduction)"average").Should().Throw<KerasException>()
            .WithMessage("Unknown reduction \"average\".*\"mean\"*");
}
