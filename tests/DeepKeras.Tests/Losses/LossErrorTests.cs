using DeepKeras.Losses;

namespace DeepKeras.Tests.Losses;

/// <summary>What losses refuse, and in which words.</summary>
public sealed class LossErrorTests
{
    [Test]
    public void Class_numbers_for_a_categorical_loss() =>
        Shapes("categorical_crossentropy", new Shape((long?)null), new Shape(null, 10)).Should().Be(
            "Loss 'categorical_crossentropy' of output 'dense' expects targets of shape (None, 10) but received (None,). Use \"sparse_categorical_crossentropy\" for class numbers, or convert them with ToCategorical(y, 10).");

    [Test]
    public void Class_numbers_in_a_column_for_a_categorical_loss() =>
        Shapes("categorical_crossentropy", (32, 1), new Shape(null, 10)).Should().EndWith("Use \"sparse_categorical_crossentropy\" for class numbers, or convert them with ToCategorical(y, 10).");

    [Test]
    public void One_hot_targets_for_a_sparse_loss() =>
        Shapes("sparse_categorical_crossentropy", (32, 10), new Shape(null, 10)).Should().Be(
            "Loss 'sparse_categorical_crossentropy' of output 'dense' expects targets of shape (None,) but received (32, 10). The targets look one-hot: use \"categorical_crossentropy\", or turn them into class numbers with argmax over the last axis.");

    [Test]
    public void Targets_of_another_rank_for_a_sparse_loss() =>
        Shapes("sparse_categorical_crossentropy", (32, 7), new Shape(null, 10)).Should().EndWith("Give one class number per row of class scores.");

    [TestCase("categorical_crossentropy")]
    [TestCase("categorical_focal_crossentropy")]
    [TestCase("sparse_categorical_crossentropy")]
    [TestCase("categorical_generalized_cross_entropy")]
    public void One_unit_for_a_loss_over_classes(string name) =>
        Shapes(name, new Shape(null, 1), new Shape(null, 1)).Should().StartWith($"Loss '{name}' of output 'dense' expects at least two classes on")
            .And.EndWith("but the output has shape (None, 1). Use \"binary_crossentropy\" for one unit, or give the last layer one unit per class.");

    [Test]
    public void Another_number_of_classes() =>
        Shapes("categorical_crossentropy", (32, 8), new Shape(null, 10)).Should().EndWith("but received (32, 8). Give the last layer 8 units, one per class of the targets.");

    [Test]
    public void Images_of_another_size_for_a_categorical_loss() =>
        Shapes("categorical_crossentropy", (4, 8, 8, 3), new Shape(null, 3)).Should().EndWith("Give targets of the output's shape, or change the last layer so that its output has the targets' shape.");

    [Test]
    public void One_value_per_sample_against_several_units() =>
        Shapes("mse", new Shape((long?)null), new Shape(null, 10)).Should().Be(
            "Loss 'mean_squared_error' of output 'dense' expects targets of shape (None, 10) but received (None,). For class numbers use \"sparse_categorical_crossentropy\" or ToCategorical(y, 10); for one value per sample end the model in Dense(1).");

    [Test]
    public void Targets_of_another_width() =>
        Shapes("mae", (5, 3), new Shape(null, 4)).Should().EndWith("Give targets of the output's shape, or change the last layer so that its output has the targets' shape.");

    [Test]
    public void Circle_wants_embeddings_and_class_numbers()
    {
        Shapes("circle", new Shape((long?)null), (null, 4, 4)).Should().Contain("expects one embedding per sample, (N, D) but the output has shape (None, 4, 4).");
        Shapes("circle", (32, 10), (null, 16)).Should().EndWith("but received (32, 10). Give one class number per sample.");
    }

    [Test]
    public void CTC_wants_sequences()
    {
        Shapes("ctc", (32, 10), (null, 16)).Should().Contain("expects scores per time step, (N, T, C) but the output has shape (None, 16).");
        Shapes("ctc", new Shape((long?)null), (null, 16, 5)).Should().EndWith("Fill label sequences up with 0 to one length.");
        Message(() => new CTC().Compute(Integers([1], 1), torch.zeros([2, 3, 4]))).Should().StartWith("Loss 'ctc' expects label sequences of shape (N, L) but received (1,).");
        Message(() => new CTC().Compute(Integers([1], 1, 1), torch.zeros([2, 3]))).Should().StartWith("Loss 'ctc' expects scores of shape (N, T, C) but received (2, 3).");
    }

    [Test]
    public void What_fits_is_accepted()
    {
        Check("mse", new Shape((long?)null), new Shape(null, 1));
        Check("mse", (32, 1), new Shape((long?)null));
        Check("mse", (32, 4, 4), (null, 4, 4));
        Check("mse", (32, 4, 4, 1), (null, 4, 4));
        Check("categorical_crossentropy", (32, 10), (null, 10));
        Check("sparse_categorical_crossentropy", new Shape((long?)null), (null, 10));
        Check("sparse_categorical_crossentropy", (null, 1), (null, 10));
        Check("sparse_categorical_crossentropy", (null, 8, 8), (null, 8, 8, 21));
        new SparseCategoricalCrossentropy(axis: 1).CheckShapes((null, 8, 8), (null, 21, 8, 8), "dense");
        Check("binary_crossentropy", new Shape((long?)null), (null, 1));
        Check("circle", new Shape((long?)null), (null, 16));
        Check("ctc", (null, 5), (null, 20, 11));
        Check("crossentropy", new Shape((long?)null), (null, 10));
    }

    [Test]
    public void The_loss_chosen_by_shapes_checks_them_too() =>
        Shapes("crossentropy", (32, 8), (null, 10)).Should().StartWith("Loss 'categorical_crossentropy' of output 'dense'");

    [Test]
    public void A_class_number_beyond_the_last_class() =>
        Labels(Integers([0, 3, 10, 2], 4), 10).Should().Be(
            "Loss 'sparse_categorical_crossentropy' of output 'dense' expects class numbers from 0 to 9 but received 10 (sample 2). If classes are counted from 1, subtract 1; else give the last layer 11 units.");

    [Test]
    public void A_negative_class_number() =>
        Labels(Integers([0, 1, 2, -1], 2, 2), 3).Should().Be(
            "Loss 'sparse_categorical_crossentropy' of output 'dense' expects class numbers from 0 to 2 but received -1 (element 3 of labels (2, 2), counted row by row). Number the classes from 0, or give the last layer more units than 3.");

    [Test]
    public void A_class_number_that_is_not_whole() => Labels(Vector(0, 1.5f), 3).Should().Contain("received 1.5 (sample 1)");

    [Test]
    public void Class_numbers_in_range_and_the_ignored_class_pass()
    {
        new SparseCategoricalCrossentropy(ignoreClass: -1).CheckTargets(Integers([0, -1, 2], 3), (null, 3), "dense");
        new SparseCategoricalCrossentropy().CheckTargets(torch.zeros([0], ScalarType.Int64), (null, 3), "dense");
        new SparseCategoricalCrossentropy().CheckTargets(torch.tensor(new byte[] { 0, 255 }), (null, 256), "dense");
        new CTC().CheckTargets(Integers([1, 4], 1, 2), (null, 7, 5), "dense");
        Message(() => new CTC().CheckTargets(Integers([1, 5], 1, 2), (null, 7, 5), "dense")).Should().Contain("from 0 to 4 but received 5");
        Message(() => ((Loss)"ce").CheckTargets(Integers([1, 5], 2), (null, 5), "dense")).Should().Contain("from 0 to 4 but received 5");
    }

    [Test]
    public void A_batch_that_does_not_fit_is_explained()
    {
        Message(() => new SparseCategoricalCrossentropy().Compute(Integers([0, 3], 2), torch.ones([2, 3])))
            .Should().StartWith("Loss 'sparse_categorical_crossentropy' of output 'yPred' expects class numbers from 0 to 2 but received 3 (sample 1).");
        Message(() => new MeanAbsoluteError().Compute(torch.ones([2, 3]), torch.ones([2, 4])))
            .Should().StartWith("Loss 'mean_absolute_error' of output 'yPred' expects targets of shape (2, 4) but received (2, 3).");
        Message(() => new MeanAbsoluteError().Compute(torch.ones([2, 3]), torch.ones([2, 3]), torch.ones([3])))
            .Should().StartWith("Loss 'mean_absolute_error' failed on targets (2, 3), predictions (2, 3) and weights (3,): ")
            .And.EndWith("Give targets that fit the predictions, and one weight per sample or per position.");
    }

    [Test]
    public void Fit_checks_targets_again_when_other_data_comes()
    {
        var model = new Sequential { new DeepKeras.Layers.Dense(3, activation: "softmax", inputShape: 2) };
        model.Compile("sgd", loss: "sparse_categorical_crossentropy");
        model.Fit(torch.ones([4, 2]), Integers([0, 1, 2, 0], 4), verbose: 0);
        Message(() => model.Fit(torch.ones([4, 2]), Integers([0, 1, 3, 0], 4), verbose: 0)).Should().Contain("expects class numbers from 0 to 2 but received 3 (sample 2)");
        Message(() => model.Fit(torch.ones([4, 2]), torch.ones([4, 3]), verbose: 0)).Should().Contain("The targets look one-hot");
    }

    [TestCaseSource(nameof(Arguments))]
    public void Arguments_out_of_range(Action create, string message) => Message(create).Should().Be(message);

    private static IEnumerable<TestCaseData> Arguments()
    {
        yield return new((Action)(() => _ = new Huber(delta: 0)), "Loss Huber: delta must be above 0 but was 0. Leave it out for 1.");
        yield return new((Action)(() => _ = new CategoricalGeneralizedCrossEntropy(q: 1)), "Loss CategoricalGeneralizedCrossEntropy: q must be between 0 and 1, both excluded but was 1. Use 0.7, the paper's choice, or the default 0.5.");
        yield return new((Action)(() => _ = new BinaryCrossentropy(labelSmoothing: 1.5)), "Loss BinaryCrossentropy: labelSmoothing must be between 0 and 1 but was 1.5. Use a small share such as 0.1.");
        yield return new((Action)(() => _ = new BinaryFocalCrossentropy(labelSmoothing: -1)), "Loss BinaryFocalCrossentropy: labelSmoothing must be between 0 and 1 but was -1. Use a small share such as 0.1.");
        yield return new((Action)(() => _ = new CategoricalCrossentropy(labelSmoothing: 2)), "Loss CategoricalCrossentropy: labelSmoothing must be between 0 and 1 but was 2. Use a small share such as 0.1.");
        yield return new((Action)(() => _ = new CategoricalFocalCrossentropy(labelSmoothing: double.NaN)), "Loss CategoricalFocalCrossentropy: labelSmoothing must be between 0 and 1 but was NaN. Use a small share such as 0.1.");
    }

    private static void Check(Loss loss, Shape yTrue, Shape yPred) => loss.CheckShapes(yTrue, yPred, "dense");

    private static string Shapes(Loss loss, Shape yTrue, Shape yPred) => Message(() => Check(loss, yTrue, yPred));

    private static string Labels(Tensor labels, long classes) => Message(() => new SparseCategoricalCrossentropy().CheckTargets(labels, new Shape(null, classes), "dense"));

    private static string Message(Action action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
