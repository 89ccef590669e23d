using DeepKeras.Metrics;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Metrics;

/// <summary>Metrics as Keras's JSON and back.</summary>
public sealed class MetricConfigTests
{
    private static IEnumerable<Metric> Samples =>
    [
        .. MetricSamples.Types.Where(t => t != typeof(LossMetric) && t != typeof(MeanMetricWrapper)).Select(MetricSamples.Create),
        new AUC(numThresholds: 7, curve: "PR", summationMethod: "minoring", name: "area", multiLabel: true, numLabels: 4, labelWeights: [1, 2, 3, 4]),
        new AUC(thresholds: [0.3, 0.6], fromLogits: true),
        new Precision(thresholds: [0.2, 0.4], topK: 2, classId: 1),
        new FBetaScore(average: "weighted", beta: 2, threshold: 0.4),
        new R2Score(classAggregation: null, numRegressors: 1),
        new MeanIoU(4, dtype: ScalarType.Float32, ignoreClass: 3),
        new SparseTopKCategoricalAccuracy(k: 2),
    ];

    [Test]
    public void A_metric_read_from_its_config_gives_the_same_figure()
    {
        using var scope = torch.NewDisposeScope();
        var seen = 0;
        foreach (var metric in Samples)
        {
            var json = ObjectConfig.Write(metric);
            var copy = ObjectConfig.Read<Metric>(json);
            ObjectConfig.Write(copy).ToJsonString().Should().Be(json.ToJsonString());
            var (yTrue, yPred) = MetricSamples.Data(metric);
            metric.Update(yTrue, yPred, Vector(1, 2, 0.5f, 1, 3, 1));
            copy.Update(yTrue, yPred, Vector(1, 2, 0.5f, 1, 3, 1));
            copy.Name.Should().Be(metric.Name);
            Close(copy.Result(), Numbers(metric.Result()), 0, 0);
            seen++;
        }
        seen.Should().Be(51);
    }

    [Test]
    public void Keys_are_those_of_Keras()
    {
        ObjectConfig.Write(new AUC(thresholds: [0.5]))["config"]!.AsObject().Select(p => p.Key).Should().Contain(
            ["num_thresholds", "curve", "summation_method", "name", "thresholds", "multi_label", "num_labels", "label_weights", "from_logits"]);
        ObjectConfig.Write(new MeanIoU(3))["config"]!.AsObject().Select(p => p.Key).Should().Contain(
            ["num_classes", "name", "dtype", "ignore_class", "sparse_y_true", "sparse_y_pred", "axis"]);
    }
}
