using DeepKeras.Callbacks;
using DeepKeras.Metrics;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Training;

/// <summary>A scope that the user has around anything frees what belongs to the user, never what models, optimizers and metrics keep.</summary>
public class DisposeScopeTests
{
    [Test]
    public void A_model_outlives_the_scope_that_made_and_trained_it()
    {
        Sequential model;
        var stopping = new EarlyStopping(patience: 5, restoreBestWeights: true);
        using (torch.NewDisposeScope())
        {
            var normalization = new DeepKeras.Layers.Normalization();
            normalization.Adapt(torch.rand(6, 8, 8, 1));
            model =
            [
                Input((8, 8, 1)), normalization, Rescaling((double[])[2.0]), Conv2D(3, 3, padding: "same"), BatchNormalization(), DepthwiseConv2D(3), PReLU(), SpatialDropout2D(0.1, seed: 1),
                Conv2DTranspose(2, 3), LayerNormalization(), Flatten(), GaussianNoise(0.1), Dropout(0.2), Lambda((Tensor t) => t * 2), Dense(3, activation: "softmax"),
            ];
            model.Compile(new Adam(useEma: true, gradientAccumulationSteps: 2), "categorical_crossentropy", metrics: ["accuracy", new AUC()], weightedMetrics: ["mse"]);
            model.Fit(torch.rand(6, 8, 8, 1), torch.eye(3).repeat(2, 1), batchSize: 2, epochs: 2, verbose: 0, validationSplit: 0.4, sampleWeight: torch.ones(6), callbacks: [stopping]);
        }
        model.Predict(torch.rand(2, 8, 8, 1))[0].shape.Should().Equal(2, 3);
        model.Evaluate(torch.rand(3, 8, 8, 1), torch.eye(3), verbose: 0)["auc"].Should().BeInRange(0, 1);
        model.Fit(torch.rand(6, 8, 8, 1), torch.eye(3).repeat(2, 1), batchSize: 2, verbose: 0, validationSplit: 0.4, callbacks: [stopping])["val_loss"].Should().HaveCount(1);
        model.Optimizer!.GetState().Should().NotBeEmpty();
    }

    [Test]
    public void Every_optimizer_outlives_its_scope()
    {
        foreach (var type in Catalog<Optimizer>.Types)
        {
            var optimizer = type == typeof(LossScaleOptimizer) ? new LossScaleOptimizer("adam")
                : type == typeof(MultiOptimizer) ? new MultiOptimizer(new OptimizerMap("adam", new Dictionary<string, Optimizer> { [".*/bias"] = "sgd" }))
                : Catalog<Optimizer>.Create("optimizer", type.Name);
            Sequential model;
            using (torch.NewDisposeScope())
            {
                model = [Dense(3, inputShape: 4), Dense(1)];
                model.Compile(optimizer, "mse");
                model.Fit(torch.rand(8, 4), torch.rand(8, 1), verbose: 0);
            }
            using (torch.NewDisposeScope()) model.Layers[0].Trainable = false;
            using (torch.NewDisposeScope()) model.Fit(torch.rand(8, 4), torch.rand(8, 1), verbose: 0);
            model.Layers[0].Trainable = true;
            model.Invoking(m => m.Fit(torch.rand(8, 4), torch.rand(8, 1), verbose: 0)).Should().NotThrow(type.Name);
        }
    }

    [TestCase("mse", 1, new[] { "mae", "r2_score", "root_mean_squared_error", "cosine_similarity", "sum" })]
    [TestCase("binary_crossentropy", 1, new[] { "accuracy", "auc", "precision", "recall", "true_positives", "BinaryIoU" })]
    [TestCase("categorical_crossentropy", 4, new[] { "accuracy", "f1_score", "top_k_categorical_accuracy", "crossentropy" })]
    public void Metrics_outlive_the_scope_of_their_first_batch(string loss, int units, string[] metrics)
    {
        Sequential model = [Dense(units, activation: units == 1 ? "sigmoid" : "softmax", inputShape: 4)];
        var y = units == 1 ? torch.tensor(new float[] { 0, 1, 0, 1 }, [4, 1]) : torch.eye(4);
        using (torch.NewDisposeScope())
        {
            model.Compile("sgd", loss, metrics: metrics);
            model.Fit(torch.rand(4, 4), y.clone(), verbose: 0);
        }
        model.Evaluate(torch.rand(4, 4), y, verbose: 0).Should().HaveCountGreaterThan(metrics.Length);
    }

    [Test]
    public void A_TorchSharp_module_outlives_its_scope()
    {
        Sequential model;
        using (torch.NewDisposeScope())
        {
            model = [TorchModule(torch.nn.Linear(4, 3), inputShape: 4), Dense(1)];
            model.Compile("adam", "mse");
            model.Fit(torch.rand(8, 4), torch.rand(8, 1), verbose: 0);
        }
        model.Fit(torch.rand(8, 4), torch.rand(8, 1), verbose: 0)["loss"].Should().HaveCount(1);
    }

    [Test]
    public void Single_batches_outlive_the_scope_too()
    {
        Sequential model = [Dense(1)];
        model.Compile("adam", "mse", metrics: ["mae"]);
        for (var i = 0; i < 2; i++)
        {
            using var scope = torch.NewDisposeScope();
            model.TrainOnBatch(torch.rand(4, 2), torch.rand(4, 1));
            model.TestOnBatch(torch.rand(4, 2), torch.rand(4, 1));
        }
        model.PredictOnBatch(torch.rand(4, 2))[0].shape.Should().Equal(4, 1);
    }
}
