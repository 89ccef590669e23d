using DeepKeras.Callbacks;
using DeepKeras.Data;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Training;

/// <summary>Bad input is refused with where, what was expected, what came and the fix, before anything is trained.</summary>
public class BadInputTests
{
    private Sequential _model = null!;

    [SetUp]
    public void Build()
    {
        _model = [Dense(3, activation: "softmax", inputShape: 4)];
        _model.Compile("sgd", "sparse_categorical_crossentropy");
    }

    [Test]
    public void Wrong_shapes_name_the_input_and_the_fix()
    {
        Refuses(m => m.Fit(new float[5, 7], new long[5], verbose: 0), "*expects shape (None, 4) but received (5, 7)*");
        Refuses(m => m.Predict(new float[4]), "*expects shape (None, 4) but received (4,)*batch axis*unsqueeze(0)*");
        Sequential images = [Conv2D(2, 3, inputShape: (8, 8, 3)), Flatten(), Dense(1)];
        images.Invoking(m => m.Predict(new float[2, 3, 8, 8])).Should().Throw<KerasException>().WithMessage("*channels seem to come first*permute(0, 2, 3, 1)*");
        images.Invoking(m => m.Predict(new float[2, 8, 8, 1])).Should().Throw<KerasException>().WithMessage("*1 channel(s)*wants 3*");
        images.Invoking(m => m.Predict(new float[2, 9, 8, 3])).Should().Throw<KerasException>().WithMessage("*(None, 8, 8, 3)*(2, 9, 8, 3)*");
    }

    [Test]
    public void Sample_counts_must_agree() =>
        Refuses(m => m.Fit(new float[5, 4], new long[6], verbose: 0), "*same number of samples*with 5*with 6*");

    [Test]
    public void Labels_must_be_among_the_classes() =>
        Refuses(m => m.Fit(new float[2, 4], new long[] { 0, 3 }, verbose: 0), "*from 0 to 2 but received 3 (sample 1)*4 units*");

    [Test]
    public void NaN_is_found_when_asked_for()
    {
        var x = new float[3, 4];
        x[1, 2] = float.NaN;
        Refuses(m => m.Fit(x, new long[3], verbose: 0, checkFinite: true), "*NaN*sample 1*checkFinite*");
        _model.Invoking(m => m.Fit(x, new long[3], verbose: 0)).Should().NotThrow("without the switch the data is taken as it is");
    }

    [Test]
    public void Empty_data_is_refused()
    {
        Refuses(m => m.Fit(new float[0, 4], new long[0], verbose: 0), "*no samples*");
        Refuses(m => m.Predict(new float[0, 4]), "*no samples*");
    }

    [Test]
    public void A_loss_that_does_not_fit_the_output_is_refused()
    {
        _model.Compile("sgd", "categorical_crossentropy");
        Refuses(m => m.Fit(new float[2, 4], new long[2], verbose: 0), "*sparse_categorical_crossentropy*");
    }

    [Test]
    public void An_uncompiled_or_lossless_model_says_so()
    {
        Sequential bare = [Dense(1, inputShape: 4)];
        bare.Invoking(m => m.Fit(new float[2, 4], new float[2, 1], verbose: 0)).Should().Throw<KerasException>().WithMessage("*not compiled*Compile*");
        bare.Invoking(m => m.Evaluate(new float[2, 4], new float[2, 1], verbose: 0)).Should().Throw<KerasException>().WithMessage("*not compiled*");
        bare.Compile("sgd");
        bare.Invoking(m => m.Fit(new float[2, 4], new float[2, 1], verbose: 0)).Should().Throw<KerasException>().WithMessage("*without a loss*");
    }

    [Test]
    public void Unknown_names_list_the_nearest()
    {
        Refuses(m => m.Compile("adamm", "mse"), "*optimizer \"adamm\"*\"adam\"*");
        Refuses(m => m.Compile("adam", "categorical_crosentropy"), "*loss*\"categorical_crossentropy\"*");
        Refuses(_ => Dense(1, activation: "rellu"), "*activation \"rellu\"*\"relu\"*");
        Refuses(_ => Dense(1, kernelInitializer: "glorot"), "*initializer*glorot*");
        Refuses(_ => Conv2D(1, 1, padding: "sam"), "*padding*\"same\"*");
        Refuses(_ => Dense(0), "*units*positive*0*");
        _model.Compile("sgd", "mse", metrics: ["acuracy"]);
        Refuses(m => m.Fit(new float[2, 4], new float[2, 3], verbose: 0), "*metric*acuracy*\"accuracy\"*");
    }

    [Test]
    public void Arguments_out_of_range_are_named()
    {
        Refuses(m => m.Fit(new float[2, 4], new long[2], batchSize: 0, verbose: 0), "*batchSize*0*");
        Refuses(m => m.Fit(new float[2, 4], new long[2], epochs: -1, verbose: 0), "*epochs*-1*");
        Refuses(m => m.Fit(new float[2, 4], new long[2], stepsPerEpoch: 0, verbose: 0), "*stepsPerEpoch*0*");
        Refuses(m => m.Fit(new float[2, 4], new long[2], validationFreq: 0, verbose: 0), "*validationFreq*0*");
        Refuses(m => m.Fit(new float[2, 4], new long[2], initialEpoch: -1, verbose: 0), "*initialEpoch*-1*");
        Refuses(m => m.Fit(new float[2, 4], new long[2], validationSplit: 0.5, validationBatchSize: 0, verbose: 0), "*validationBatchSize*0*");
        Refuses(m => m.Fit(new float[2, 4], new long[2], validationSplit: 0.5, validationSteps: 0, verbose: 0), "*validationSteps*0*");
        Refuses(m => m.Evaluate(new float[2, 4], new long[2], steps: 0, verbose: 0), "*steps*0*");
        Refuses(m => m.Fit(new float[2, 4], new long[2], validationSplit: 0.99, verbose: 0, batchSize: 1), "*validationSplit 0.99 of 2 samples*");
        Refuses(m => m.Fit(new float[2, 4], new long[2], validationSplit: 1, verbose: 0), "*validationSplit*");
        Refuses(m => m.Fit(new float[2, 4], new long[2], classWeight: new Dictionary<int, double>(), sampleWeight: new float[2], verbose: 0), "*both*");
        Refuses(m => m.Compile("sgd", new[] { "mse", "mae" }), "*1 output*2 losses*");
        Refuses(m => m.Compile("sgd", new Dictionary<string, string> { ["nowhere"] = "mse" }), "*no output 'nowhere'*");
    }

    [Test]
    public void A_layer_that_fails_is_named_with_what_it_received()
    {
        Sequential broken = [Dense(4, inputShape: 4, name: "fine"), Lambda((Tensor x) => x.mm(torch.zeros(9, 9)), outputShape: 9, name: "odd")];
        broken.Invoking(m => m.Predict(new float[2, 4])).Should().Throw<KerasException>().WithMessage("Lambda 'odd' (layer 2 of 2) failed on (2, 4)*");
    }

    [Test]
    public void Predictions_of_several_outputs_are_not_one_tensor()
    {
        var x = Input(2);
        var two = new Model(x, [Dense(1, name: "a")(x), Dense(1, name: "b")(x)]);
        var p = two.Predict(new float[1, 2]);
        FluentActions.Invoking(() => p.Single).Should().Throw<KerasException>().WithMessage("*2 outputs (a, b)*predictions[0]*");
        FluentActions.Invoking(() => p["c"]).Should().Throw<KerasException>();
        p["b"].shape.Should().Equal(1, 1);
    }

    [Test]
    public void Nothing_is_trained_when_something_is_refused()
    {
        var before = _model.Weights[0].ToTensor();
        Refuses(m => m.Fit(new float[5, 4], new long[] { 0, 1, 2, 3, 4 }, verbose: 0), "*");
        Same(before, _model.Weights[0].ToTensor()).Should().BeTrue();
    }

    [Test]
    public void Targets_of_another_shape_are_refused_in_a_later_run_too()
    {
        Sequential model = [Dense(1, inputShape: 4)];
        model.Compile("sgd", "mse");
        model.Fit(new float[2, 4], new float[2, 1], verbose: 0);
        // torch would stretch (2, 1) to (2, 3) without a word.
        model.Invoking(m => m.Fit(new float[2, 4], new float[2, 3], verbose: 0)).Should().Throw<KerasException>().WithMessage("*(None, 1)*(2, 3)*");
        model.Invoking(m => m.Evaluate(new float[2, 4], new float[2, 3], verbose: 0)).Should().Throw<KerasException>();
        model.Invoking(m => m.Fit(new float[2, 4], new float[2], verbose: 0)).Should().NotThrow("(n) and (n, 1) are the same");
    }

    [Test]
    public void Sample_weights_that_belong_to_nothing_are_refused()
    {
        Refuses(m => m.Fit(new float[2, 4], new long[2], sampleWeight: new float[2, 2], verbose: 0), "Sample weights*(2,)*(2, 2)*one weight per sample*");
        Refuses(m => m.Fit(new float[2, 4], new long[2], sampleWeight: new float[2, 1, 1], verbose: 0), "Sample weights*");
        _model.Invoking(m => m.Fit(new float[2, 4], new long[2], sampleWeight: new float[2, 1], verbose: 0)).Should().NotThrow();
    }

    [Test]
    public void A_data_set_that_gives_nothing_is_refused()
    {
        var read = Enumerable.Range(0, 2).Select(_ => ((TensorData)torch.rand(3, 4), (TensorData)torch.zeros(3, ScalarType.Int64))).GetEnumerator();
        IEnumerable<(TensorData, TensorData)> Once()
        {
            while (read.MoveNext()) yield return read.Current;
        }

        var once = Dataset.FromBatches(Once);
        Refuses(m => m.Fit(once, epochs: 3, verbose: 0), "*none after 1 epoch.*start again*");
        Refuses(m => m.Fit(once, verbose: 0), "Fit expects at least one batch*");
        Refuses(m => m.Evaluate(once, verbose: 0), "Evaluate expects at least one batch*");
    }

    [Test]
    public void Batches_whose_targets_do_not_fit_are_refused()
    {
        Refuses(m => m.Fit(Batches(torch.zeros(2, ScalarType.Int64)), verbose: 0), "*same number of samples*3*2*");
        Refuses(m => m.Fit(Batches(torch.zeros(3, ScalarType.Int64), torch.zeros(3, ScalarType.Int64)), verbose: 0), "*1 target*received 2*");

        static Dataset<Batch> Batches(params Tensor[] targets) => Dataset.FromBatches(() => [(torch.rand(3, 4), targets)]);
    }

    private void Refuses(Action<Sequential> action, string message) => _model.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
