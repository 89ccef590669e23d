using DeepKeras.Metrics;

namespace DeepKeras.Tests.Metrics;

/// <summary>What every metric promises.</summary>
public sealed class MetricContractTests
{
    [Test]
    public void Every_metric_is_looked_at() => MetricSamples.Types.Should().HaveCount(46);

    [TestCaseSource(typeof(MetricSamples), nameof(MetricSamples.Types))]
    public void Two_halves_give_the_figure_of_the_whole(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var (whole, halves) = (MetricSamples.Create(type), MetricSamples.Create(type));
        var (yTrue, yPred) = MetricSamples.Data(whole);
        var weights = Vector(1, 2, 0, 1, 3, 1);
        whole.Update(yTrue, yPred, weights);
        halves.Update(yTrue.narrow(0, 0, 2), yPred.narrow(0, 0, 2), weights.narrow(0, 0, 2));
        halves.Update(yTrue.narrow(0, 2, 4), yPred.narrow(0, 2, 4), weights.narrow(0, 2, 4));
        Close(halves.Result(), whole.Result());
        Numbers(whole.Result()).Should().OnlyContain(v => double.IsFinite(v));
    }

    [TestCaseSource(typeof(MetricSamples), nameof(MetricSamples.Types))]
    public void Weights_of_one_change_nothing(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var (plain, weighted) = (MetricSamples.Create(type), MetricSamples.Create(type));
        var (yTrue, yPred) = MetricSamples.Data(plain);
        plain.Update(yTrue, yPred);
        weighted.Update(yTrue, yPred, torch.ones([6]));
        Close(weighted.Result(), plain.Result());
    }

    [TestCaseSource(typeof(MetricSamples), nameof(MetricSamples.Types))]
    public void Reset_forgets_everything(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var (used, fresh) = (MetricSamples.Create(type), MetricSamples.Create(type));
        var (yTrue, yPred) = MetricSamples.Data(used);
        used.Update(yTrue, yPred, Vector(1, 2, 0, 1, 3, 1));
        used.Update(yPred.ndim == yTrue.ndim ? yPred.to_type(yTrue.dtype) : yTrue, yPred);
        used.Reset();
        used.Update(yTrue, yPred);
        fresh.Update(yTrue, yPred);
        Close(used.Result(), fresh.Result(), 0, 0);
    }

    [TestCaseSource(typeof(MetricSamples), nameof(MetricSamples.Types))]
    public void Before_the_first_batch_the_figure_is_0(Type type)
    {
        using var scope = torch.NewDisposeScope();
        Numbers(MetricSamples.Create(type).Result()).Should().OnlyContain(v => v == 0);
    }

    [TestCaseSource(typeof(MetricSamples), nameof(MetricSamples.Types))]
    public void Memory_is_flat_and_no_graph_is_kept(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var metric = MetricSamples.Create(type);
        var (yTrue, yPred) = MetricSamples.Data(metric);
        if (yPred.dtype == ScalarType.Float32) yPred.requires_grad = true;
        Leaks.None(
            () =>
            {
                using var step = torch.NewDisposeScope();
                metric.Update(yTrue, yPred, torch.ones([6]));
                metric.Update(yTrue, yPred);
                _ = metric.Result();
            },
            200);
        metric.Result().requires_grad.Should().BeFalse();
    }

    [TestCaseSource(typeof(MetricSamples), nameof(MetricSamples.Types))]
    public void The_figure_does_not_change_when_the_metric_goes_on(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var metric = MetricSamples.Create(type);
        var (yTrue, yPred) = MetricSamples.Data(metric);
        metric.Update(yTrue, yPred);
        var figure = metric.Result();
        var before = Numbers(figure);
        metric.Update(yTrue.narrow(0, 1, 2), yPred.narrow(0, 2, 2), Vector(5, 7));
        metric.Reset();
        Numbers(figure).Should().Equal(before);
    }

    [TestCaseSource(typeof(MetricSamples), nameof(MetricSamples.Types))]
    public void Float64_predictions_are_taken(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var (single, wide) = (MetricSamples.Create(type), MetricSamples.Create(type));
        var (yTrue, yPred) = MetricSamples.Data(single);
        if (yPred.dtype != ScalarType.Float32) return;
        single.Update(yTrue, yPred, torch.ones([6]));
        wide.Update(yTrue, yPred.to_type(ScalarType.Float64), torch.ones([6]));
        Close(wide.Result(), single.Result());
    }

    [TestCaseSource(typeof(MetricSamples), nameof(MetricSamples.Types))]
    public void A_first_batch_in_inference_mode_does_not_bind_the_metric_to_it(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var (changing, normal) = (MetricSamples.Create(type), MetricSamples.Create(type));
        var (yTrue, yPred) = MetricSamples.Data(normal);
        using (torch.inference_mode()) changing.Update(yTrue, yPred);
        changing.Update(yTrue, yPred);
        changing.Reset();
        changing.Update(yTrue, yPred);
        normal.Update(yTrue, yPred);
        Close(changing.Result(), Numbers(normal.Result()), 0, 0);
    }

    [Test]
    public void Better_is_what_the_figure_says()
    {
        string[] lower =
        [
            "BinaryCrossentropy", "CategoricalCrossentropy", "CategoricalHinge", "FalseNegatives", "FalsePositives", "Hinge", "KLDivergence", "LogCoshError", "LossMetric",
            "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanSquaredError", "MeanSquaredLogarithmicError", "Poisson", "RootMeanSquaredError", "SparseCategoricalCrossentropy", "SquaredHinge",
        ];
        string[] neither = ["Mean", "MeanMetricWrapper", "Sum"];
        foreach (var type in MetricSamples.Types)
        {
            bool? expected = neither.Contains(type.Name) ? null : !lower.Contains(type.Name);
            MetricSamples.Create(type).HigherIsBetter.Should().Be(expected, type.Name);
        }
    }
}
