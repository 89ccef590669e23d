using DeepKeras.Callbacks;
using DeepKeras.Data;
using DeepKeras.Training;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Training;

public class FitTests
{
    [Test]
    public void A_run_repeats_bit_for_bit_after_SetRandomSeed()
    {
        float[] Run()
        {
            SetRandomSeed(5);
            Sequential model = [Dense(16, activation: "relu", inputShape: 4), Dropout(0.3), Dense(3, activation: "softmax")];
            model.Compile("adam", "sparse_categorical_crossentropy");
            var x = torch.rand(64, 4);
            model.Fit(x, torch.randint(0, 3, [64]), batchSize: 8, epochs: 3, verbose: 0);
            return model.Predict(x).ToArray();
        }

        Run().Should().Equal(Run());
    }

    [Test]
    public void The_last_rows_are_kept_for_validation_before_shuffling()
    {
        // A model that cannot learn, on targets that tell the rows apart: the mean of each part shows which rows it got.
        Sequential model = [Dense(1, useBias: false, kernelInitializer: "zeros", inputShape: 1)];
        model.Compile(new SGD(learningRate: 0), "mean_absolute_error");
        var y = torch.arange(10, ScalarType.Float32).unsqueeze(1);
        var history = model.Fit(torch.zeros(10, 1), y, batchSize: 3, epochs: 2, verbose: 0, validationSplit: 0.3);
        history["loss"].Should().AllSatisfy(l => l.Should().BeApproximately(3, 1e-5), "rows 0 to 6 have the mean 3");
        history["val_loss"].Should().AllSatisfy(l => l.Should().BeApproximately(8, 1e-5), "rows 7 to 9 have the mean 8");
    }

    [Test]
    public void A_short_last_batch_counts_by_its_size()
    {
        Sequential model = [Dense(1, useBias: false, kernelInitializer: "zeros", inputShape: 1)];
        model.Compile(new SGD(learningRate: 0), "mae");
        var y = new float[,] { { 1 }, { 1 }, { 1 }, { 1 }, { 6 } };
        model.Evaluate(new float[5, 1], y, batchSize: 4, verbose: 0).Loss.Should().BeApproximately(2, 1e-6);
    }

    [Test]
    public void Every_sample_is_used_once_per_epoch_in_a_new_order()
    {
        var seen = new List<float[]>();
        Sequential model = [Lambda((Tensor x) => Note(x)), Dense(1)];
        model.Compile("sgd", "mse");
        var x = torch.arange(10, ScalarType.Float32).unsqueeze(1);
        model.Fit(x, x, batchSize: 4, epochs: 2, verbose: 0);
        var epochs = seen.Where(b => b.Length != 0).SelectMany(b => b).TakeLast(20).Chunk(10).ToList();
        epochs.Should().HaveCount(2).And.AllSatisfy(e => e.Order().Should().Equal(Enumerable.Range(0, 10).Select(i => (float)i)));
        epochs[0].Should().NotEqual(epochs[1]);

        Tensor Note(Tensor batch)
        {
            seen.Add(batch.data<float>().ToArray());
            return batch.mul(1);
        }
    }

    [Test]
    public void Class_weights_scale_the_loss_of_their_class_in_training_only()
    {
        Sequential model = [Dense(2, activation: "softmax", kernelInitializer: "zeros", inputShape: 1)];
        model.Compile(new SGD(learningRate: 0), "sparse_categorical_crossentropy");
        var y = new long[] { 0, 0, 0, 1 };
        var weights = new Dictionary<int, double> { [1] = 5 };
        var history = model.Fit(new float[4, 1], y, verbose: 0, classWeight: weights, validationData: (new float[4, 1], y));
        history["loss"][0].Should().BeApproximately(Math.Log(2) * (3 + 5) / 4, 1e-5);
        history["val_loss"][0].Should().BeApproximately(Math.Log(2), 1e-5);
        // One-hot targets say the same.
        model.Compile(new SGD(learningRate: 0), "categorical_crossentropy");
        model.Fit(new float[4, 1], ToCategorical(torch.tensor(y), 2), verbose: 0, classWeight: weights)["loss"][0].Should().BeApproximately(Math.Log(2) * 2, 1e-5);
    }

    [Test]
    public void Class_weights_leave_the_split_off_samples_alone()
    {
        Sequential model = [Dense(2, activation: "softmax", kernelInitializer: "zeros", inputShape: 1)];
        model.Compile(new SGD(learningRate: 0), "sparse_categorical_crossentropy");
        var history = model.Fit(new float[4, 1], new long[] { 1, 1, 1, 1 }, verbose: 0, classWeight: new Dictionary<int, double> { [1] = 5 }, validationSplit: 0.5);
        history["loss"][0].Should().BeApproximately(5 * Math.Log(2), 1e-5);
        history["val_loss"][0].Should().BeApproximately(Math.Log(2), 1e-5);
        // Weights of samples go with their samples.
        history = model.Fit(new float[4, 1], new long[4], verbose: 0, sampleWeight: new float[] { 1, 1, 3, 3 }, validationSplit: 0.5);
        history["val_loss"][0].Should().BeApproximately(3 * Math.Log(2), 1e-5);
    }

    [Test]
    public void Class_weights_take_labels_of_any_form()
    {
        var weights = new Dictionary<int, double> { [-1] = 2, [1] = 3, [7] = 9 };
        Numbers(ClassWeight.Weigh(Vector(-1, 0, 1), hasClassAxis: true, weights)).Should().Equal(2, 1, 3);
        Numbers(ClassWeight.Weigh(Integers([0, 1, 1], 3, 1), hasClassAxis: true, weights)).Should().Equal(1, 3, 3);
        var positions = ClassWeight.Weigh(torch.ones(2, 3, 3, 1), hasClassAxis: true, weights);
        positions.shape.Should().Equal(2, 3, 3);
        Numbers(positions).Should().AllBeEquivalentTo(3);
    }

    [Test]
    public void Early_stopping_passes_over_epochs_without_validation()
    {
        Sequential model = [Dense(1, inputShape: 2)];
        model.Compile(new SGD(learningRate: 0), "mse");
        var history = model.Fit(torch.rand(8, 2), torch.rand(8, 1), epochs: 9, verbose: 0, validationSplit: 0.5, validationFreq: 2, callbacks: [new EarlyStopping(patience: 1)]);
        history.Epochs.Should().HaveCount(4, "the second validation brings no improvement");
        history["val_loss"].Should().HaveCount(2);
        history.EpochsOf("val_loss").Should().Equal(1, 3);
        history.EpochsOf("loss").Should().Equal(history.Epochs);
        FluentActions.Invoking(() => history.EpochsOf("val_los")).Should().Throw<KerasException>().WithMessage("*history key*val_los*val_loss*");
    }

    [Test]
    public void A_data_set_may_keep_its_batches()
    {
        // Bytes are converted for the model; the conversion must not get into the batch that is used again.
        var kept = new KeptBatch(new Batch([torch.ones(4, 2).to(ScalarType.Byte)], [torch.zeros(4, 1)], null, 4));
        Sequential model = [Dense(1, inputShape: 2)];
        model.Compile("sgd", "mse");
        model.Fit(kept, epochs: 3, verbose: 0);
        kept.Batch.Inputs[0].dtype.Should().Be(ScalarType.Byte);
        model.Predict(kept)[0].shape.Should().Equal(4, 1);
    }

    [Test]
    public void Metric_objects_start_from_nothing_in_their_next_model()
    {
        var mae = new DeepKeras.Metrics.MeanAbsoluteError();
        foreach (var target in new[] { 8f, 2f })
        {
            Sequential model = [Dense(1, kernelInitializer: "zeros", inputShape: 1)];
            model.Compile(new SGD(learningRate: 0), "mse", metrics: [mae]);
            model.Fit(torch.zeros(4, 1), torch.full([4, 1], target), verbose: 0)["mean_absolute_error"][0].Should().BeApproximately(target, 1e-6);
        }
    }

    [Test]
    public void Progress_goes_where_Output_says()
    {
        var text = new StringWriter();
        Output = text;
        try
        {
            Sequential model = [Dense(1, inputShape: 1)];
            model.Compile("sgd", "mse");
            model.Fit(new float[4, 1], new float[4, 1]);
        }
        finally
        {
            Output = Console.Out;
        }
        text.ToString().Should().StartWith("1/1 - ").And.Contain("loss: ");
    }

    [Test]
    public void Without_a_loss_the_score_has_none()
    {
        Sequential model = [Dense(1, inputShape: 1)];
        model.Compile(metrics: ["mae"]);
        var score = model.Evaluate(new float[4, 1], new float[4, 1], verbose: 0);
        score["mae"].Should().Be(score[0]);
        score.Invoking(s => s.Loss).Should().Throw<KerasException>();
    }

    [Test]
    public void Steps_per_epoch_go_on_through_the_data()
    {
        Sequential model = [Dense(1, inputShape: 1)];
        model.Compile("sgd", "mse");
        var steps = 0;
        model.Fit(torch.rand(10, 1), torch.rand(10, 1), batchSize: 2, epochs: 4, stepsPerEpoch: 3, verbose: 0, callbacks: [new LambdaCallback(onTrainBatchEnd: (_, _) => steps++)]);
        steps.Should().Be(12);
    }

    [Test]
    public void Freezing_holds_from_the_next_step_on_without_compiling_again()
    {
        Sequential model = [Dense(4, activation: "tanh", inputShape: 3), Dense(1)];
        model.Compile("adam", "mse");
        var x = torch.rand(8, 3);
        var y = torch.rand(8, 1);
        model.Fit(x, y, verbose: 0);
        model.Layers[0].Trainable = false;
        var before = model.Layers[0].GetWeights();
        var last = model.Layers[1].GetWeights();
        model.Fit(x, y, verbose: 0);
        Same(model.Layers[0].Weights[0].ToTensor(), before[0]).Should().BeTrue();
        Same(model.Layers[1].Weights[0].ToTensor(), last[0]).Should().BeFalse();
        model.Layers[0].Trainable = true;
        model.Fit(x, y, verbose: 0);
        Same(model.Layers[0].Weights[0].ToTensor(), before[0]).Should().BeFalse();
    }

    [Test]
    public void Several_outputs_have_losses_weights_and_metrics_by_name()
    {
        var x = Input(3);
        var a = Dense(2, activation: "softmax", name: "kind")(x);
        var b = Dense(1, name: "size")(x);
        var model = new Model(x, [a, b]);
        model.Compile("sgd", new Dictionary<string, string> { ["kind"] = "sparse_categorical_crossentropy", ["size"] = "mse" },
            metrics: new Dictionary<string, DeepKeras.Training.MetricSpec> { ["kind"] = "accuracy", ["size"] = "mae" },
            lossWeights: new Dictionary<string, double> { ["size"] = 0.5 });
        var history = model.Fit(torch.rand(8, 3), new Dictionary<string, TensorData> { ["kind"] = new long[8], ["size"] = new float[8, 1] }, verbose: 0);
        history.Keys.Should().Equal("kind_accuracy", "kind_loss", "loss", "size_loss", "size_mae");
        history["loss"][0].Should().BeApproximately(history["kind_loss"][0] + (0.5 * history["size_loss"][0]), 1e-5);
        var score = model.Evaluate(torch.rand(8, 3), [new long[8], new float[8, 1]], verbose: 0);
        score.Names[0].Should().Be("loss");
    }

    [Test]
    public void A_cancelled_run_stops_after_the_step_and_keeps_its_history()
    {
        Sequential model = [Dense(1, inputShape: 1)];
        model.Compile("sgd", "mse");
        using var cancel = new CancellationTokenSource();
        var steps = 0;
        var history = model.Fit(torch.rand(10, 1), torch.rand(10, 1), batchSize: 2, epochs: 5, verbose: 0, cancellationToken: cancel.Token,
            callbacks: [new LambdaCallback(onTrainBatchEnd: (_, _) =>
            {
                if (++steps == 7) cancel.Cancel();
            })]);
        steps.Should().Be(7);
        history.WasInterrupted.Should().BeTrue();
        history.Epochs.Should().Equal(0);
        history["loss"].Should().ContainSingle();
    }

    [Test]
    public void Regularisation_penalties_are_part_of_the_loss_while_the_layer_trains()
    {
        Sequential model = [Dense(1, useBias: false, kernelInitializer: "ones", kernelRegularizer: new DeepKeras.Regularizers.L2(0.5), inputShape: 2)];
        model.Compile(new SGD(learningRate: 0), "mse");
        model.Evaluate(new float[1, 2], new float[1, 1], verbose: 0).Loss.Should().BeApproximately(0.5 * 2, 1e-6);
        model.Trainable = false;
        model.Evaluate(new float[1, 2], new float[1, 1], verbose: 0).Loss.Should().BeApproximately(0, 1e-6);
    }

    [Test]
    public void Activity_penalties_are_divided_by_the_batch_size()
    {
        Sequential model = [Dense(1, useBias: false, kernelInitializer: "ones", activityRegularizer: new DeepKeras.Regularizers.L2(0.5), inputShape: 1)];
        model.Compile(new SGD(learningRate: 0), "mse");
        // Outputs 1 and 3: 0.5 · (1 + 9) / 2, and no error against equal targets.
        model.Evaluate(new float[,] { { 1 }, { 3 } }, new float[,] { { 1 }, { 3 } }, verbose: 0).Loss.Should().BeApproximately(2.5, 1e-6);
    }

    [Test]
    public void TrainOnBatch_takes_one_step_and_reports_the_loss_before_it()
    {
        Sequential model = [Dense(1, useBias: false, kernelInitializer: "zeros", inputShape: 1)];
        model.Compile(new SGD(learningRate: 0.1), "mse");
        var x = new float[,] { { 1 } };
        var y = new float[,] { { 2 } };
        model.TrainOnBatch(x, y).Loss.Should().BeApproximately(4, 1e-6);
        model.Weights[0].ToTensor().item<float>().Should().BeApproximately(0.4f, 1e-6f);
        model.TestOnBatch(x, y).Loss.Should().BeApproximately(1.6 * 1.6, 1e-5);
        model.PredictOnBatch(x).ToArray()[0].Should().BeApproximately(0.4f, 1e-6f);
    }

    [Test]
    public void A_training_step_of_one_s_own_replaces_TrainStep()
    {
        var x = Input(2);
        var model = new CountingModel(x, Dense(1)(x));
        model.Compile("sgd", "mse");
        var history = model.Fit(torch.rand(6, 2), torch.rand(6, 1), batchSize: 2, epochs: 2, verbose: 0);
        model.Steps.Should().Be(6);
        history["loss"].Should().HaveCount(2);
    }

    [Test]
    public void Arrays_of_any_number_type_and_rank_are_taken()
    {
        Sequential model = [Flatten(), Dense(1)];
        model.Compile("sgd", "mse");
        model.Fit(new double[4, 2, 3], new double[4], verbose: 0)["loss"].Should().ContainSingle();
        model.Fit(new byte[4, 2, 3], new int[4], verbose: 0);
        model.Fit(new[] { new[] { new float[3], new float[3] }, [new float[3], new float[3]] }, new bool[2], verbose: 0);
        model.Invoking(m => m.Predict(new[] { new float[6], new float[5] })).Should().Throw<KerasException>().WithMessage("*rectangular*row 1*");
        model.Invoking(m => m.Predict(new decimal[3, 6])).Should().Throw<KerasException>().WithMessage("*Decimal*");
    }

    [Test]
    public void Predict_joins_batches_and_large_results_are_the_same()
    {
        Sequential model = [Dense(300, inputShape: 5)];
        var x = torch.rand(101, 5);
        using var whole = model.Predict(x, batchSize: 200);
        using var parts = model.Predict(x, batchSize: 7);
        torch.allclose(whole, parts, 1e-6, 1e-6).Should().BeTrue();
        using var streamed = model.Predict(Dataset.FromBatches(() => Enumerable.Range(0, 2).Select(_ => ((TensorData)x, (TensorData)x))));
        streamed[0].shape.Should().Equal(202, 300);
    }

    [Test]
    public void A_dataset_trains_and_validates()
    {
        Sequential model = [Dense(1)];
        model.Compile("sgd", "mse", metrics: ["mae"]);
        var data = Dataset.FromBatches(() => Enumerable.Range(0, 3).Select(_ => ((TensorData)torch.rand(4, 2), (TensorData)torch.rand(4, 1))));
        model.Fit(data, epochs: 2, verbose: 0, validationData: data)["val_mae"].Should().HaveCount(2);
        model.Evaluate(data, verbose: 0).Should().HaveCount(2);
        model.Invoking(m => m.Fit(data, epochs: 1, stepsPerEpoch: 9, verbose: 0)).Should().NotThrow("a data set that can start again goes on");
    }

    private sealed class KeptBatch(Batch batch) : Dataset<Batch>
    {
        public Batch Batch { get; } = batch;

        public override IEnumerable<Batch> Elements() => [Batch];
    }

    private sealed class CountingModel(KerasTensors inputs, KerasTensors outputs) : Model(inputs, outputs)
    {
        public int Steps { get; private set; }

        protected internal override void TrainStep(Batch batch)
        {
            Steps++;
            var predictions = Forward(batch, training: true);
            var loss = ComputeLoss(batch, predictions) + 1;
            Optimizer!.Minimize(loss);
            Track(batch, predictions, loss);
        }
    }
}
