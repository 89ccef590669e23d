using System.Diagnostics;
using DeepKeras.Callbacks;
using DeepKeras.Data;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Guards;

/// <summary>What the batch path promises: few frames, a fixed order of hooks, memory that stays flat, no reads from the device.</summary>
public class BatchPathTests
{
    [Test]
    public void Between_Fit_and_torch_lie_at_most_six_frames_of_ours()
    {
        string[] frames = [];
        Sequential model = [Dense(4, inputShape: 3), Lambda((Tensor x) => Capture(x)), Dense(1)];
        model.Compile("sgd", "mse");
        model.Fit(torch.rand(8, 3), torch.rand(8, 1), verbose: 0);

        frames.Should().Contain(f => f.Contains(".Fit", StringComparison.Ordinal), "the stack must reach from the layer to Fit");
        frames.Length.Should().BeLessThanOrEqualTo(6, "Fit, trainer, step, forward, plan, layer: {0}", string.Join(" <- ", frames));

        Tensor Capture(Tensor x)
        {
            frames = [.. new StackTrace().GetFrames()
                .Select(f => f.GetMethod()!)
                .Where(m => m.DeclaringType?.Assembly == typeof(Model).Assembly)
                .Select(m => $"{m.DeclaringType!.Name}.{m.Name}")];
            return x.mul(1);
        }
    }

    [Test]
    public void Hooks_come_in_Keras_s_order()
    {
        var log = new List<string>();
        Sequential model = [Dense(1, inputShape: 3)];
        model.Compile("sgd", "mse");
        model.Fit(torch.rand(4, 3), torch.rand(4, 1), batchSize: 2, epochs: 2, verbose: 0, callbacks: [new Recorder(log)], validationData: (torch.rand(2, 3), torch.rand(2, 1)));
        model.Evaluate(torch.rand(2, 3), torch.rand(2, 1), verbose: 0, callbacks: [new Recorder(log)]);
        model.Predict(torch.rand(2, 3), callbacks: [new Recorder(log)]);

        string[] epoch0 = ["epoch 0 {", "batch 0 {", "} batch 0", "batch 1 {", "} batch 1", "test {", "test batch 0 {", "} test batch 0", "} test", "} epoch 0"];
        string[] epoch1 = [.. epoch0.Select(l => l.Replace("epoch 0", "epoch 1", StringComparison.Ordinal))];
        log.Should().Equal(
        [
            "train {", .. epoch0, .. epoch1, "} train",
            "test {", "test batch 0 {", "} test batch 0", "} test",
            "predict {", "predict batch 0 {", "} predict batch 0", "} predict",
        ]);
    }

    [TestCase("sgd")]
    [TestCase("adam")]
    [TestCase("rmsprop")]
    public void The_number_of_live_tensors_is_flat_over_50_steps(string optimizer)
    {
        Sequential model =
        [
            Conv2D(4, 3, activation: "relu", inputShape: (8, 8, 1)), BatchNormalization(), MaxPooling2D(), Dropout(0.3), Flatten(),
            Dense(5, activation: "softmax", kernelRegularizer: "l2"),
        ];
        model.Compile(optimizer, "categorical_crossentropy", metrics: ["accuracy"]);
        var x = torch.rand(16, 8, 8, 1);
        var y = ToCategorical(torch.arange(16).remainder(5), 5);
        var live = new List<long>();
        model.Fit(x, y, batchSize: 16, epochs: 60, verbose: 0, callbacks: [new LambdaCallback(onTrainBatchEnd: (_, _) => live.Add(LiveTensors()))]);

        live.Should().HaveCount(60);
        live[10..].Distinct().Should().ContainSingle("no step may leave a tensor behind");

        var before = LiveTensors();
        for (var i = 0; i < 50; i++) model.Predict(x).Dispose();
        _ = model.Evaluate(x, y, verbose: 0);
        LiveTensors().Should().Be(before);
    }

    private static long LiveTensors() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    private sealed class Recorder(List<string> log) : Callback
    {
        public override void OnTrainBegin(Logs logs) => log.Add("train {");

        public override void OnTrainEnd(Logs logs) => log.Add("} train");

        public override void OnEpochBegin(int epoch, Logs logs) => log.Add($"epoch {epoch} {{");

        public override void OnEpochEnd(int epoch, Logs logs) => log.Add($"}} epoch {epoch}");

        public override void OnTrainBatchBegin(int batch, Logs logs) => log.Add($"batch {batch} {{");

        public override void OnTrainBatchEnd(int batch, Logs logs) => log.Add($"}} batch {batch}");

        public override void OnTestBegin(Logs logs) => log.Add("test {");

        public override void OnTestEnd(Logs logs) => log.Add("} test");

        public override void OnTestBatchBegin(int batch, Logs logs) => log.Add($"test batch {batch} {{");

        public override void OnTestBatchEnd(int batch, Logs logs) => log.Add($"}} test batch {batch}");

        public override void OnPredictBegin(Logs logs) => log.Add("predict {");

        public override void OnPredictEnd(Logs logs) => log.Add("} predict");

        public override void OnPredictBatchBegin(int batch, Logs logs) => log.Add($"predict batch {batch} {{");

        public override void OnPredictBatchEnd(int batch, Logs logs) => log.Add($"}} predict batch {batch}");
    }
}
