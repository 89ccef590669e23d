using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Training;

/// <summary>Models that nobody draws on a slide, but that users build.</summary>
public class UnusualModelTests
{
    [Test]
    public void A_model_without_weights_runs_and_leaves_its_data_alone()
    {
        var x = Input(3);
        var data = torch.rand(5, 3);
        foreach (var model in new[] { new Model(x, x), new Sequential([Input(3), Dropout(0.5)]) })
        {
            model.Predict(data).Dispose();
            model.Predict(data, batchSize: 2).Dispose();
            model.Compile("sgd", "mse");
            model.Fit(data, data, verbose: 0)["loss"].Should().HaveCount(1);
            data.sum().item<float>().Should().BeGreaterThan(0);
        }
    }

    [Test]
    public void A_layer_that_gives_its_weight_away_keeps_it()
    {
        var x = Input(3);
        var table = new Table();
        var model = new Model(x, Dense(2)(Add()(x, table.Apply(x))));
        model.Compile("sgd", "mse");
        for (var i = 0; i < 2; i++)
        {
            model.Predict(torch.rand(4, 3)).Dispose();
            model.Predict(torch.rand(4, 3), batchSize: 2).Dispose();
            model.Fit(torch.rand(4, 3), torch.rand(4, 2), verbose: 0);
        }
        var alone = new Model(x, table.Output);
        alone.Predict(torch.rand(1, 3)).Dispose();
        alone.Predict(torch.rand(1, 3)).ToArray().Should().HaveCount(3);
    }

    [Test]
    public void A_layer_in_two_models_is_trained_by_both()
    {
        var shared = new Dense(3, name: "shared");
        Sequential first = [Input(4), shared, Dense(1)];
        Sequential second = [Input(4), shared, Dense(2)];
        first.Compile("adam", "mse");
        second.Compile(new SGD(0.1, momentum: 0.9), "mse");
        for (var i = 0; i < 3; i++)
        {
            var before = shared.Weights[0].ToTensor();
            first.Fit(torch.rand(4, 4), torch.rand(4, 1), verbose: 0);
            var between = shared.Weights[0].ToTensor();
            second.Fit(torch.rand(4, 4), torch.rand(4, 2), verbose: 0);
            Same(before, between).Should().BeFalse();
            Same(between, shared.Weights[0].ToTensor()).Should().BeFalse();
        }
        first.Optimizer!.LearningRate = 0;
        var kept = shared.Weights[0].ToTensor();
        first.Fit(torch.rand(4, 4), torch.rand(4, 1), verbose: 0);
        Same(kept, shared.Weights[0].ToTensor()).Should().BeTrue("the rate may be changed between runs");
        Sequential outer = [Input(4), first, Dense(1)];
        first.Trainable = false;
        outer.Compile("sgd", "mse");
        outer.Fit(torch.rand(4, 4), torch.rand(4, 1), verbose: 0);
        Same(kept, shared.Weights[0].ToTensor()).Should().BeTrue("the nested model is frozen");
        outer.TrainableWeights.Should().HaveCount(2);
    }

    [Test]
    public void Data_of_any_type_trains()
    {
        Sequential model = [Dense(1, inputShape: 3)];
        model.Compile("sgd", "mse", metrics: ["mae", "accuracy"]);
        model.Fit(new bool[4, 3], new int[4], verbose: 0)["loss"][0].Should().Be(0);
        model.Fit(new byte[4, 3], new byte[4, 1], verbose: 0)["loss"][0].Should().Be(0);
        model.Fit(new double[4, 3], new bool[4, 1], batchSize: int.MaxValue, verbose: 0)["loss"][0].Should().Be(0);
    }

    [Test]
    public void Weights_that_are_null_are_no_weights()
    {
        Tensor? none = null;
        Sequential model = [Dense(1, inputShape: 3)];
        model.Compile("sgd", "mse");
        model.Invoking(m => m.Fit(new float[4, 3], new float[4], sampleWeight: none, verbose: 0)).Should().NotThrow();
        model.Invoking(m => m.Predict(none!)).Should().Throw<ArgumentNullException>();
    }

    [Test]
    public void Several_threads_may_predict_with_one_model_and_train_their_own()
    {
        Sequential model = [Dense(30, inputShape: 4), Dropout(0.5), BatchNormalization(), Dense(1)];
        var x = torch.rand(8, 4);
        var expected = model.Predict(x).ToArray();
        Parallel.For(0, 20, _ => model.Predict(x).ToArray().Should().Equal(expected));
        Parallel.For(0, 4, _ =>
        {
            Sequential own = [Dense(30, inputShape: 4), Dropout(0.5), BatchNormalization(), Dense(1)];
            own.Compile("adam", "mse");
            own.Fit(torch.rand(8, 4), torch.rand(8, 1), epochs: 3, batchSize: 2, verbose: 0)["loss"].Should().HaveCount(3);
        });
    }

    private sealed class Table(Shape? inputShape = null, string? name = null) : Layer(inputShape, name)
    {
        private Weight? _row;

        protected override void Build(Shape input) => _row = AddWeight("row", new Shape(1, 3));

        protected internal override Tensor Forward(Tensor input, bool training) => _row!.Value;
    }
}
