using DeepKeras.Callbacks;
using DeepKeras.Layers;
using DeepKeras.Regularizers;
using DeepKeras.Tests.Optimizers.Fixtures;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Optimizers;

/// <summary>Second-order optimizers inside Compile and Fit: networks, noise, statistics, penalties, files, refusals.</summary>
public sealed class SecondOrderTrainingTests
{
    private static readonly string[] s_names = ["newton", "bfgs", "lbfgs", "conjugate_gradient", "levenberg_marquardt"];

    public static IEnumerable<string> Names => s_names;

    [SetUp]
    public void Start()
    {
        ClearSession();
        SetRandomSeed(3);
    }

    [TestCaseSource(nameof(Names))]
    public void A_sine_is_learned_far_better_than_by_Adam_with_as_many_gradients(string name)
    {
        var (x, y) = Sine();
        var model = Net(name);
        var evaluations = ((SecondOrderOptimizer)model.Optimizer!).Evaluations;
        for (var step = 0; evaluations < 1000; step++)
        {
            _ = model.TrainOnBatch(x, y);
            evaluations = ((SecondOrderOptimizer)model.Optimizer!).Evaluations;
        }
        var adam = Net(new Adam(0.02));
        for (var step = 0; step < evaluations; step++) _ = adam.TrainOnBatch(x, y);
        var (own, others) = (model.Evaluate(x, y, 64, 0)[0], adam.Evaluate(x, y, 64, 0)[0]);
        TestContext.Out.WriteLine($"{name}: {evaluations} evaluations, {own:E2}, Adam {others:E2}");
        own.Should().BeLessThan(others / 2);
    }

    [TestCaseSource(nameof(Names))]
    public void Fit_takes_one_step_per_batch(string name)
    {
        var (x, y) = Sine();
        var model = Net(name);
        _ = model.Fit(x, y, batchSize: 32, epochs: 3, verbose: 0);
        model.Optimizer!.Iterations.Should().Be(6);
        var history = model.Fit(x, y, batchSize: 64, epochs: 20, verbose: 0);
        history["loss"][^1].Should().BeLessThan(history["loss"][0]);
    }

    [TestCaseSource(nameof(Names))]
    public void A_loaded_model_goes_on_bit_for_bit(string name)
    {
        using var folder = new TemporaryFolder();
        var (x, y) = Sine();
        var whole = Net(name);
        var path = Path.Combine(folder.Path, "model.dkeras");
        for (var i = 0; i < 4; i++) _ = whole.TrainOnBatch(x, y);
        whole.Save(path);
        var later = LoadModel(path);
        for (var i = 0; i < 4; i++)
        {
            _ = whole.TrainOnBatch(x, y);
            _ = later.TrainOnBatch(x, y);
        }
        later.GetWeights().SelectMany(w => Numbers(w)).Should().Equal(whole.GetWeights().SelectMany(w => Numbers(w)));
        ((SecondOrderOptimizer)later.Optimizer!).Evaluations.Should().Be(((SecondOrderOptimizer)whole.Optimizer!).Evaluations);
    }

    [TestCaseSource(nameof(Names))]
    public void A_model_that_has_not_trained_yet_is_saved_and_loaded(string name)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "model.dkeras");
        // More weights than a matrix is made for: only a step refuses them.
        Sequential model = [Dense(3000, inputShape: 1), Dense(1)];
        model.Compile(name, "mse");
        _ = model.SummaryText();
        _ = model.Optimizer!.GetState();
        model.Save(path);
        LoadModel(path).Optimizer!.GetType().Should().Be(model.Optimizer.GetType());
    }

    [TestCaseSource(nameof(Names))]
    public void The_loss_is_reported_as_it_was_before_the_step_with_penalties(string name)
    {
        var (x, y) = Sine();
        Sequential model = [Dense(4, activation: "tanh", inputShape: 1, kernelRegularizer: new L2(0.01)), Dense(1, kernelRegularizer: new L2(0.01))];
        model.Compile(name, "mse");
        var before = model.Evaluate(x, y, 64, 0)[0];
        model.TrainOnBatch(x, y)[0].Should().BeApproximately(before, 1e-5);
        for (var i = 0; i < 60; i++) _ = model.TrainOnBatch(x, y);
        // At the minimum of loss and penalty together the gradient of their sum is small.
        using var scope = torch.NewDisposeScope();
        var loss = (model.Call(x, training: true) - y).square().mean();
        foreach (var weight in model.Weights.Where(w => w.Regularizer is not null)) loss += weight.Regularizer!.Penalty(weight.View());
        loss.backward();
        Math.Sqrt(model.Weights.Sum(w => Number(w.Value.grad!.square().sum()))).Should().BeLessThan(2e-3);
        foreach (var weight in model.Weights) weight.Value.grad = null;
    }

    [TestCase(null)]
    [TestCase(7)]
    public void All_evaluations_of_a_step_see_the_same_noise(int? seed)
    {
        var (x, y) = Sine();
        var masks = new List<double[]>();
        Sequential model = [Dense(8, activation: "tanh", inputShape: 1), Lambda((Tensor t) => torch.ones_like(t)), Dropout(0.5, seed: seed), Lambda(Record), Dense(1)];
        model.Compile("lbfgs", "mse");
        masks.Clear();
        for (var step = 0; step < 3; step++) _ = model.TrainOnBatch(x, y);
        var evaluations = (int)((SecondOrderOptimizer)model.Optimizer!).Evaluations;
        masks.Count.Should().Be(evaluations);
        masks.Select(m => string.Join(" ", m)).Distinct().Count().Should().Be(3, "one mask per step");

        Tensor Record(Tensor t)
        {
            masks.Add(Numbers(t));
            return t.mul(1);
        }
    }

    [Test]
    public void A_seeded_dropout_draws_what_it_draws_under_a_first_order_optimizer()
    {
        double[] Masks(string optimizer)
        {
            var seen = new List<double[]>();
            var (x, y) = Sine();
            Sequential model = [Dense(4, inputShape: 1), Lambda((Tensor t) => torch.ones_like(t)), Dropout(0.5, seed: 5), Lambda((Tensor t) => { seen.Add(Numbers(t)); return t.mul(1); }), Dense(1)];
            model.Compile(optimizer, "mse");
            seen.Clear();
            for (var step = 0; step < 2; step++) _ = model.TrainOnBatch(x, y);
            return [.. seen[0], .. seen[^1]];
        }

        Masks("lbfgs").Should().Equal(Masks("sgd"));
    }

    [Test]
    public void Moving_statistics_move_once_per_step()
    {
        var x = Sample(ScalarType.Float32, 16, 3) + 2;
        var y = Sample(ScalarType.Float32, 16, 1);
        Sequential model = [BatchNormalization(momentum: 0.9, inputShape: 3), Dense(1)];
        model.Compile("lbfgs", "mse");
        _ = model.TrainOnBatch(x, y);
        ((SecondOrderOptimizer)model.Optimizer!).Evaluations.Should().BeGreaterThan(1);
        Close(model.Layers[0].Weights.Single(w => w.Name == "moving_mean").ToTensor(), x.mean([0L]) * 0.1);
    }

    [Test]
    public void Losses_of_several_outputs_are_those_before_the_step()
    {
        var input = Input(1);
        var (first, second) = (Dense(1, name: "first")(input), Dense(1, name: "second")(input));
        var model = new Model(inputs: [input], outputs: [first, second]);
        model.Compile("levenberg_marquardt", "mse", lossWeights: new double[] { 1, 3 });
        var (x, y) = Sine();
        var before = model.Evaluate(x, new[] { y, y * 2 }, 64, 0);
        var step = model.TrainOnBatch(x, new[] { y, y * 2 });
        step["first_loss"].Should().BeApproximately(before["first_loss"], 1e-5);
        step["second_loss"].Should().BeApproximately(before["second_loss"], 1e-5);
        step[0].Should().BeApproximately(before[0], 1e-5);
        // Two linear fits at once: closed form, whatever the weights of the outputs.
        for (var i = 0; i < 3; i++) _ = model.TrainOnBatch(x, new[] { y, y * 2 });
        var (cx, cy) = (x - x.mean(), y - y.mean());
        var slope = Number((cx * cy).sum()) / Number((cx * cx).sum());
        Number(model.GetLayer("first").GetWeights()[0]).Should().BeApproximately(slope, 1e-4);
        Number(model.GetLayer("second").GetWeights()[0]).Should().BeApproximately(2 * slope, 1e-4);
    }

    [TestCase("sum_over_batch_size")]
    [TestCase("sum")]
    [TestCase("mean_with_sample_weight")]
    public void Levenberg_Marquardt_weighs_samples_as_the_loss_does(string reduction)
    {
        var (x, y) = Sine();
        var weights = torch.arange(64).to_type(ScalarType.Float32);
        Sequential model = [Dense(1, inputShape: 1)];
        model.Compile(new LevenbergMarquardt(damping: 1e-8), new DeepKeras.Losses.MeanSquaredError(reduction));
        for (var i = 0; i < 3; i++) _ = model.TrainOnBatch(x, y, sampleWeight: weights);
        var w = weights.unsqueeze(1);
        var (mx, my) = ((w * x).sum() / w.sum(), (w * y).sum() / w.sum());
        var slope = Number((w * (x - mx) * (y - my)).sum()) / Number((w * (x - mx).square()).sum());
        Number(model.Layers[0].GetWeights()[0]).Should().BeApproximately(slope, 1e-4);
    }

    [Test]
    public void The_jacobian_is_the_same_by_rows_and_by_columns()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three();
        var weights = new FlatWeights(holder.Weights);
        Tensor Residuals(int n) => torch.stack([.. Enumerable.Range(0, n).Select(i => holder.Loss(i).sin())]);
        var wide = weights.Jacobian(Residuals(20));
        var tall = weights.Jacobian(Residuals((int)weights.Count + 1));
        Close(tall.narrow(0, 0, 20), wide, 1e-6);
        for (var i = 0; i < 20; i += 7) Close(wide[i], weights.Gradient(holder.Loss(i).sin()), 1e-6);
    }

    [Test]
    public void A_constraint_holds_after_every_step()
    {
        var (x, y) = Sine();
        Sequential model = [Dense(1, inputShape: 1, kernelConstraint: "non_neg")];
        model.Compile("lbfgs", "mse");
        for (var i = 0; i < 5; i++) _ = model.TrainOnBatch(x, -x);
        Number(model.Layers[0].GetWeights()[0]).Should().BeGreaterThanOrEqualTo(0);
    }

    [Test]
    public void Freezing_starts_the_history_anew()
    {
        var (x, y) = Sine();
        var model = Net("bfgs");
        for (var i = 0; i < 3; i++) _ = model.TrainOnBatch(x, y);
        model.Layers[0].Trainable = false;
        var before = model.Layers[0].GetWeights().SelectMany(w => Numbers(w)).ToArray();
        for (var i = 0; i < 3; i++) _ = model.TrainOnBatch(x, y);
        model.Layers[0].GetWeights().SelectMany(w => Numbers(w)).Should().Equal(before);
        model.Optimizer!.GetState().Single(s => s.Name == "inverse_hessian").Value.shape.Should().Equal(9, 9);
    }

    [Test]
    public void What_cannot_be_done_is_refused_with_the_reason()
    {
        var (x, y) = Sine();
        Refused("newton", [Dense(1000, inputShape: 1), Dense(1)], "mse", "Optimizer Newton 'newton' keeps a matrix over all pairs of parameters and expects at most 2,048 of them (maxParameters) but received 3,001, whose matrix takes 69 MiB. Take \"lbfgs\"*");
        Refused("levenberg_marquardt", [Dense(1, inputShape: 1)], "mae", "*expects the loss \"mse\" for every output but received MeanAbsoluteError for output 'dense*'. Compile with loss: \"mse\"*");
        Refused("lbfgs", [Dense(1, inputShape: 1), Lambda((Tensor t) => t * double.NaN)], "mse", "*expects a finite loss at the weights where step 1 begins but received NaN. Look for NaN in the data*");
        Refused("levenberg_marquardt", [Dense(1, inputShape: 1), Lambda((Tensor t) => t * double.NaN)], "mse", "*expects a finite loss*");
        Refused("newton", [Dense(1, useBias: false, kernelInitializer: "zeros", inputShape: 1), Lambda((Tensor t) => t.square().pow(0.75))], "mse", "*expects finite second derivatives but received NaN or infinity in step 1. Keep away*");
        Refused("lbfgs", [Half(), Dense(1)], "mse", "*expects the same learning rate for all layers*'half'*with the factor 0.5. Set layer.LearningRateFactor to 1*");

        void Refused(string optimizer, Sequential model, string loss, string message)
        {
            model.Compile(optimizer, loss);
            model.Invoking(m => m.TrainOnBatch(x, y)).Should().Throw<KerasException>().WithMessage(message);
        }

        static Layer Half() => new Dense(2, inputShape: 1, name: "half") { LearningRateFactor = 0.5 };
    }

    [Test]
    public void A_loss_that_is_computed_already_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        var surface = Surface.Of(Surface.Bowl, 1, 2);
        var lbfgs = new LBFGS();
        lbfgs.Build(surface.Weights);
        lbfgs.Invoking(o => o.Minimize(surface.Loss())).Should().Throw<KerasException>().WithMessage("*expects a function that computes the loss again*Call optimizer.Minimize(() => …)*");
        var squares = new LevenbergMarquardt();
        squares.Build(surface.Weights);
        squares.Invoking(o => o.Minimize(surface.Loss)).Should().Throw<KerasException>().WithMessage("*expects the residuals*Call MinimizeSquares(() => prediction - target)*");
        lbfgs.Invoking(o => o.Minimize(() => torch.ones(1))).Should().Throw<KerasException>().WithMessage("*depends on at least one trainable weight*");
    }

    [Test]
    public void Options_out_of_range_are_refused()
    {
        Refused(() => new LBFGS(historySize: 0), "*historySize*at least 1*");
        Refused(() => new LBFGS(sufficientDecrease: 0), "*sufficientDecrease*");
        Refused(() => new LBFGS(sufficientDecrease: 0.5, curvature: 0.4), "*curvature*above sufficientDecrease*");
        Refused(() => new BFGS(maxEvaluations: 0), "*maxEvaluations*");
        Refused(() => new BFGS(maxParameters: 0), "*maxParameters*");
        Refused(() => new Newton(damping: 1), "*damping*");
        Refused(() => new ConjugateGradient(method: "hestenes"), "*method*polak_ribiere*");
        Refused(() => new ConjugateGradient(restartEvery: 0), "*restartEvery*");
        Refused(() => new LevenbergMarquardt(damping: 0), "*damping*");
        Refused(() => new LevenbergMarquardt(dampingIncrease: 1), "*dampingIncrease*");
        Refused(() => new LevenbergMarquardt(dampingDecrease: 1), "*dampingDecrease*");
        Refused(() => new LevenbergMarquardt(maxDamping: 1e-9), "*maxDamping*");

        static void Refused(Func<Optimizer> make, string message) => make.Should().Throw<KerasException>().WithMessage(message);
    }

    private static (Tensor X, Tensor Y) Sine()
    {
        var x = torch.linspace(-1, 1, 64).unsqueeze(1);
        return (x, (x * 4).sin());
    }

    private static Sequential Net(Optimizer optimizer)
    {
        SetRandomSeed(11);
        Sequential model = [Dense(8, activation: "tanh", inputShape: 1, name: "hidden"), Dense(1, name: "out")];
        model.Compile(optimizer, "mse");
        return model;
    }
}
