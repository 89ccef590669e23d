using DeepKeras.Callbacks;
using DeepKeras.Data;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Data;

/// <summary>Fit, Evaluate and Predict from every kind of data set.</summary>
public class FitFromDatasetTests
{
    private readonly Tensor _x = torch.rand(60, 4);
    private readonly Tensor _y;

    public FitFromDatasetTests() => _y = _x.sum(1, true);

    [Test]
    public void A_pipeline_trains_as_well_as_arrays()
    {
        Train(m => m.Fit(_x, _y, batchSize: 10, epochs: 20, shuffle: false, verbose: 0)).Should().Equal(
            Train(m => m.Fit(Dataset.FromTensors(_x, _y).Batch(10), epochs: 20, verbose: 0)),
            "the same batches in the same order are the same training");
        Train(m => m.Fit(Dataset.FromTensors(_x, _y).Shuffle(60).Batch(10), epochs: 40, verbose: 0))[^1].Should().BeLessThan(0.01);

        double[] Train(Func<Sequential, History> fit)
        {
            ClearSession();
            SetRandomSeed(6);
            Sequential model = [Dense(1, inputShape: 4)];
            model.Compile(new Adam(0.05), "mse");
            return [.. fit(model)["loss"]];
        }
    }

    [Test]
    public void Inputs_targets_and_weights_find_their_names()
    {
        var (a, b) = (Input(4, name: "a"), Input(4, name: "b"));
        var model = new Model([a, b], [Dense(1, name: "sum")(Concatenate()(a, b)), Dense(2, name: "pair")(b)]);
        model.Compile("sgd", "mse");
        var (x, z) = (torch.rand(6, 4), torch.rand(6, 4));
        var (one, two) = (torch.rand(6, 1), torch.rand(6, 2));
        var (light, heavy) = (torch.rand(6), torch.rand(6));
        var inOrder = Dataset.FromTensors(new[] { x, z }, new[] { one, two }, new[] { light, heavy });
        var byName = Dataset.FromTensors(
            new Dictionary<string, Tensor> { ["b"] = z, ["a"] = x },
            new Dictionary<string, Tensor> { ["pair"] = two, ["sum"] = one },
            new Dictionary<string, Tensor> { ["sum"] = light, ["pair"] = heavy });
        var expected = model.Evaluate(inOrder.Batch(4), verbose: 0).ToArray();
        model.Evaluate(byName.Batch(4), verbose: 0).Should().Equal(expected);
        model.Evaluate(byName.Map(s => s, 2).Batch(4).Unbatch().Shuffle(1).Batch(4), verbose: 0).Should().Equal(expected, "the names go along");
        using var predicted = model.Predict(byName.Batch(4));
        using var reference = model.Predict(new[] { x, z });
        Close(predicted[1], reference[1]);
        var wrong = Dataset.FromTensors(new Dictionary<string, Tensor> { ["a"] = x, ["c"] = z }, new[] { one, two });
        wrong.Invoking(d => model.Evaluate(d.Batch(4), verbose: 0)).Should().Throw<KerasException>().WithMessage("*input named 'c'*'a', 'b'*");
        model.Evaluate(Dataset.FromBatches(() => [((TensorData)new[] { x, z }, (TensorData)new[] { one, two }, (TensorData)new[] { light, heavy })]), verbose: 0)
            .Should().Equal(model.Evaluate(inOrder.Batch(6), verbose: 0));
    }

    [Test]
    public void A_data_set_of_one_s_own_is_a_class_with_one_method()
    {
        Sequential model = [Dense(1)];
        model.Compile("sgd", "mse");
        var own = new RandomBatches(3);
        var steps = 0;
        model.Fit(own, epochs: 2, verbose: 0, callbacks: [new LambdaCallback(onTrainBatchEnd: (_, _) => steps++)], validationData: own)["val_loss"].Should().HaveCount(2);
        steps.Should().Be(6);
        model.Fit(own.Map((x, y) => (x * 2, y), workers: 2).Prefetch(1), verbose: 0)["loss"].Should().ContainSingle();
    }

    [Test]
    public void Endless_data_wants_a_number_of_steps()
    {
        Sequential model = [Dense(1, inputShape: 4)];
        model.Compile("sgd", "mse");
        var endless = Dataset.FromTensors(_x, _y).Shuffle(60).Repeat().Batch(8).Prefetch(2);
        endless.Invoking(d => model.Fit(d, verbose: 0)).Should().Throw<KerasException>().WithMessage("Fit *endless*stepsPerEpoch*Repeat()*");
        endless.Invoking(d => model.Evaluate(d, verbose: 0)).Should().Throw<KerasException>().WithMessage("Evaluate *endless*steps*");
        endless.Invoking(d => model.Predict(d)).Should().Throw<KerasException>().WithMessage("Predict *endless*steps*");
        endless.Invoking(d => model.Fit(_x, _y, validationData: d, verbose: 0)).Should().Throw<KerasException>().WithMessage("Validation *endless*validationSteps*");
        model.Fit(endless, stepsPerEpoch: 5, epochs: 3, verbose: 0, validationData: endless, validationSteps: 2).Epochs.Should().HaveCount(3);
        using var predicted = model.Predict(endless, steps: 3);
        predicted[0].shape.Should().Equal(24, 1);
    }

    [Test]
    public void Bytes_stay_bytes_until_the_model_takes_them()
    {
        var pixels = (torch.rand(6, 4) * 255).to_type(ScalarType.Byte);
        Dataset.FromTensors(pixels, _y.narrow(0, 0, 6)).Map(s => s, 2).Shuffle(3).Batch(2).Prefetch(1).Elements().Select(b => b.Inputs[0].dtype).Should().OnlyContain(t => t == ScalarType.Byte);
        Sequential model = [Rescaling(1 / 255.0, inputShape: 4), Dense(1)];
        model.Compile("sgd", "mse");
        using var fromBytes = model.Predict(Dataset.FromTensors(pixels).Batch(2));
        using var fromFloats = model.Predict(pixels.to_type(ScalarType.Float32));
        Close(fromBytes, fromFloats);
    }

    [Test]
    public void History_tells_how_long_training_waited_for_data()
    {
        Sequential model = [Dense(1, inputShape: 4)];
        model.Compile("sgd", "mse");
        var slow = model.Fit(Dataset.FromTensors(_x, _y).Batch(10).Map(b => { Thread.Sleep(20); return b; }), verbose: 0);
        slow.DataWaitSeconds.Should().BeGreaterThan(0.1);
        slow.TrainingSeconds.Should().BeGreaterThan(slow.DataWaitSeconds);
        var busy = model.Fit(_x, _y, batchSize: 10, verbose: 0, callbacks: [new LambdaCallback(onTrainBatchEnd: (_, _) => Thread.Sleep(20))]);
        busy.TrainingSeconds.Should().BeGreaterThan(0.1);
        busy.DataWaitSeconds.Should().BeLessThan(busy.TrainingSeconds / 2);
        busy.Keys.Should().Equal("loss");
    }

    [TestCase(0)]
    [TestCase(2)]
    public void Cancelling_ends_a_run_whose_data_does_not_come(int workers)
    {
        Sequential model = [Dense(1, inputShape: 4)];
        model.Compile("sgd", "mse");
        using var stop = new CancellationTokenSource();
        using var release = new ManualResetEventSlim();
        var data = Dataset.FromTensors(_x, _y).Map(
            s =>
            {
                if (s.Targets[0].sum().item<float>() > -1) release.Wait(TimeSpan.FromSeconds(1));
                return s;
            },
            workers).Batch(4).Prefetch(1);
        stop.CancelAfter(100);
        var history = model.Fit(data, verbose: 0, cancellationToken: stop.Token);
        history.WasInterrupted.Should().BeTrue();
        history.Epochs.Should().BeEmpty();
        model.Invoking(m => m.Predict(data, cancellationToken: stop.Token)).Should().Throw<OperationCanceledException>();
        release.Set();
    }

    [Test]
    public void A_broken_element_ends_the_run_with_its_number()
    {
        Sequential model = [Dense(1, inputShape: 4)];
        model.Compile("sgd", "mse");
        var index = -1;
        var data = Dataset.FromTensors(_x, _y).Map(s => Interlocked.Increment(ref index) == 13 ? throw new InvalidDataException("cat.jpg is torn") : s, workers: 1).Batch(4).Prefetch(2);
        data.Invoking(d => model.Fit(d, verbose: 0)).Should().Throw<KerasException>().WithMessage("*element 13*cat.jpg is torn*");
        data.Invoking(d => model.Fit(d, verbose: 0)).Should().NotThrow("the model and the data can be used again");
    }

    private sealed class RandomBatches(int batches) : Dataset<Batch>
    {
        public override long? Count => batches;

        public override IEnumerable<Batch> Elements()
        {
            for (var i = 0; i < batches; i++) yield return new Batch([torch.rand(5, 4)], [torch.rand(5, 1)], null, 5);
        }
    }
}
