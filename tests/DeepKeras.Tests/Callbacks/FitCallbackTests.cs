using DeepKeras.Callbacks;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Callbacks;

/// <summary>Callbacks inside a real Fit.</summary>
public sealed class FitCallbackTests
{
    [Test]
    public void FunctionsAreCalledInKerasOrder()
    {
        using var scope = torch.NewDisposeScope();
        List<string> calls = [];
        var callback = new LambdaCallback(
            (epoch, _) => calls.Add($"epoch {epoch}"),
            (epoch, logs) => calls.Add($"end {epoch}: {string.Join(' ', logs.Keys)}"),
            _ => calls.Add("train"),
            _ => calls.Add("done"),
            (batch, _) => calls.Add($"batch {batch}"),
            (batch, logs) => calls.Add($"after {batch}: {string.Join(' ', logs.Keys)}"));
        Train(epochs: 2, callback);
        calls.Should().Equal(
            "train", "epoch 0", "batch 0", "after 0: loss", "batch 1", "after 1: loss", "end 0: loss val_loss",
            "epoch 1", "batch 0", "after 0: loss", "batch 1", "after 1: loss", "end 1: loss val_loss", "done");
    }

    [Test]
    public void ValuesThatCallbacksAddAreHistory()
    {
        using var scope = torch.NewDisposeScope();
        var history = Train(epochs: 3, new LearningRateScheduler((epoch, _) => 0.01 / (epoch + 1)), new LambdaCallback(onEpochEnd: (epoch, logs) => logs["extra"] = epoch * 10));
        history["learning_rate"].Should().Equal(0.01, 0.005, 0.01 / 3);
        history["extra"].Should().Equal(0, 10, 20);
    }

    [Test]
    public void EarlyStoppingEndsFitAndRestores()
    {
        using var scope = torch.NewDisposeScope();
        double[] script = [3, 1, 2, 2, 2, 2];
        List<double[]> weights = [];
        var model = Model();
        var history = model.Fit(X(), Y(), batchSize: 4, epochs: 6, verbose: 0, validationSplit: 0.5, callbacks:
        [
            new LambdaCallback(onEpochEnd: (epoch, logs) =>
            {
                logs["val_loss"] = script[epoch];
                weights.Add(Numbers(model.Weights[0].View()));
            }),
            new EarlyStopping(patience: 2, restoreBestWeights: true),
        ]);
        history.Epochs.Should().HaveCount(4);
        Numbers(model.Weights[0].View()).Should().Equal(weights[1]).And.NotEqual(weights[3]);
    }

    [Test]
    public void AnInvalidLossEndsTraining()
    {
        using var scope = torch.NewDisposeScope();
        var batches = 0;
        var model = Model();
        var y = Y() * double.NaN;
        model.Fit(X(), y, batchSize: 4, epochs: 3, verbose: 0, callbacks: [new TerminateOnNaN(), new LambdaCallback(onTrainBatchEnd: (_, _) => batches++)]).Epochs.Should().HaveCount(1);
        batches.Should().Be(1);
        var act = () => Model().Fit(X(), y, batchSize: 4, verbose: 0, callbacks: [new TerminateOnNaN(raiseError: true)]);
        act.Should().Throw<KerasException>().WithMessage("TerminateOnNaN expects a finite loss but after batch 0 it is NaN. Lower the learning rate*");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void TheAverageIsEvaluatedAndTheWeightsAreTrained(bool swapOnEpoch)
    {
        using var scope = torch.NewDisposeScope();
        var swap = new SwapEMAWeights(swapOnEpoch);
        var model = Model(new SGD(0.1, useEma: true, emaMomentum: 0.5));
        var copy = Model(new SGD(0.1));
        copy.SetWeights(model.GetWeights());
        var evaluated = model.Fit(X(), Y(), batchSize: 16, epochs: 3, verbose: 0, shuffle: false, validationData: (X(), Y()), callbacks: [swap])["val_loss"];
        var mean = copy.Weights.Select(w => w.ToTensor()).ToList();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            copy.Fit(X(), Y(), batchSize: 16, verbose: 0, shuffle: false);
            var trained = copy.GetWeights();
            mean = [.. mean.Zip(trained, (m, w) => epoch == 0 ? w : (m + w) / 2)];
            copy.SetWeights(mean);
            copy.Evaluate(X(), Y(), batchSize: 16, verbose: 0)[0].Should().BeApproximately(evaluated[epoch], 1e-6);
            copy.SetWeights(trained);
        }
        Difference(Numbers(model.Weights[0].View()), Numbers(mean[0]), 1e-6, 0).Should().BeNull("training ends with the average in the weights");
        var act = () => Model().Fit(X(), Y(), verbose: 0, validationSplit: 0.5, callbacks: [new SwapEMAWeights()]);
        act.Should().Throw<KerasException>().WithMessage("SwapEMAWeights expects an optimizer that keeps a moving average of the weights but the model's keeps none. Compile with*");
    }

    [Test]
    public void EveryOptimizerLearnsALine()
    {
        Optimizer[] optimizers =
        [
            new SGD(0.1), new SGD(0.05, momentum: 0.9, nesterov: true), new RMSprop(0.02), new Adam(0.05), new AdamW(0.05), new Adagrad(0.5), new Adadelta(30.0),
            new Adamax(0.05), new Nadam(0.05), new Lion(0.01), new Lamb(0.02), new Ftrl(0.5), new Adafactor(0.1), new Muon(0.02), new SGD(new DeepKeras.Schedules.OneCycle(0.1, 240)),
        ];
        foreach (var optimizer in optimizers)
        {
            using var scope = torch.NewDisposeScope();
            Keras.SetRandomSeed(3);
            var history = Model(optimizer).Fit(X(), Y(), batchSize: 8, epochs: 120, verbose: 0);
            history["loss"][^1].Should().BeLessThan(history["loss"][0] * 0.05, $"{optimizer.GetType().Name} must learn");
        }
    }

    private static History Train(int epochs, params Callback[] callbacks) =>
        Model().Fit(X(), Y(), batchSize: 4, epochs: epochs, verbose: 0, validationSplit: 0.5, callbacks: callbacks);

    private static Sequential Model(Optimizer? optimizer = null)
    {
        Sequential model = [Dense(1, inputShape: 2)];
        model.Compile(optimizer ?? new SGD(0.05), loss: "mse");
        return model;
    }

    private static Tensor X() => Sample(ScalarType.Float32, 16, 2);

    private static Tensor Y() => (X() * torch.tensor(new[] { 0.7f, -0.4f })).sum(1, true) + 0.2;
}
