using DeepKeras.Losses;
using DeepKeras.Metrics;

namespace DeepKeras.Tests.Metrics;

/// <summary>Numbers worked out by hand where no case file has them.</summary>
public sealed class MetricNumberTests
{
    [Test]
    public void The_metric_divides_by_the_weights_where_the_loss_divides_by_the_count()
    {
        var (yTrue, yPred, weights) = (Floats([0, 0], 2, 1), Floats([1, 3], 2, 1), Vector(1, 3));
        var metric = new DeepKeras.Metrics.MeanSquaredError();
        metric.Update(yTrue, yPred, weights);
        Close(metric.Result(), (1 + 27) / 4.0);
        Close(new DeepKeras.Losses.MeanSquaredError().Compute(yTrue, yPred, weights), (1 + 27) / 2.0);
    }

    [Test]
    public void Mean_averages_further_axes_first()
    {
        var mean = new Mean();
        mean.Update(Floats([1, 3, 5, 11], 2, 2), Vector(3, 1));
        Close(mean.Result(), ((3 * 2) + 8) / 4.0);
        mean.Update(torch.tensor(10f));
        Close(mean.Result(), (6 + 8 + 10) / 5.0);
    }

    [Test]
    public void Binary_accuracy_is_strict_at_the_threshold()
    {
        var metric = new BinaryAccuracy();
        metric.Update(Vector(1, 0, 1), Floats([0.5f, 0.5f, 0.6f], 3, 1));
        Close(metric.Result(), 2.0 / 3);
    }

    [Test]
    public void Top_k_takes_ties_for_hits()
    {
        var metric = new TopKCategoricalAccuracy(k: 1);
        metric.Update(Floats([0, 1, 1, 0], 2, 2), Floats([0.5f, 0.5f, 0.2f, 0.8f], 2, 2));
        Close(metric.Result(), 0.5);
        var all = new SparseTopKCategoricalAccuracy(k: 9);
        all.Update(Integers([0, 1], 2, 1), Floats([0.5f, 0.5f, 0.2f, 0.8f], 2, 2));
        Close(all.Result(), 1);
    }

    [Test]
    public void Precision_and_recall_of_nothing_are_0()
    {
        var (precision, recall) = (new Precision(), new Recall());
        precision.Update(Vector(1, 0), Vector(0.1f, 0.2f));
        recall.Update(Vector(0, 0), Vector(0.9f, 0.2f));
        Close(precision.Result(), 0);
        Close(recall.Result(), 0);
    }

    [Test]
    public void Evenly_spaced_and_own_thresholds_count_alike()
    {
        using var scope = torch.NewDisposeScope();
        var p = Sample(ScalarType.Float32, 500).add(1).div(2);
        var y = Sample(ScalarType.Float32, 501).narrow(0, 1, 500).add(p).gt(0.5).to_type(ScalarType.Float32);
        foreach (var curve in new[] { "ROC", "PR", "PRGAIN" })
        {
            var even = new AUC(numThresholds: 11, curve: curve);
            var own = new AUC(curve: curve, thresholds: new Thresholds(0.1, 0.9, 0.2, 0.8, 0.3, 0.7, 0.4, 0.6, 0.5));
            even.Update(y, p);
            own.Update(y, p);
            Close(even.Result(), Number(own.Result()), 1e-5);
            own.NumThresholds.Should().Be(11);
        }
    }

    [Test]
    public void The_area_under_ROC_is_the_share_of_pairs_in_order()
    {
        using var scope = torch.NewDisposeScope();
        var p = Sample(ScalarType.Float64, 300).add(1).div(2);
        var y = Sample(ScalarType.Float64, 301).narrow(0, 1, 300).add(p).gt(0.5);
        var positives = Numbers(p.masked_select(y));
        var negatives = Numbers(p.masked_select(y.logical_not()));
        // Mann–Whitney's statistic; 20,000 thresholds leave hardly a tie.
        var expected = positives.Sum(a => negatives.Sum(b => a > b ? 1 : a == b ? 0.5 : 0)) / (positives.Length * (double)negatives.Length);
        var auc = new AUC(numThresholds: 20001);
        auc.Update(y, p);
        Close(auc.Result(), expected, 5e-4);
    }

    [Test]
    public void Label_weights_weigh_labels()
    {
        var (y, p) = (Floats([0, 1, 1, 0], 2, 2), Floats([0.1f, 0.1f, 0.9f, 0.9f], 2, 2));
        // The first label is perfectly ordered, the second upside down.
        var both = new AUC(multiLabel: true);
        var first = new AUC(multiLabel: true, numLabels: 2, labelWeights: [3, 1]);
        both.Update(y, p);
        first.Update(y, p);
        Close(both.Result(), 0.5);
        Close(first.Result(), 0.75);
        var flat = new AUC(labelWeights: [1, 0]);
        flat.Update(y, p);
        Close(flat.Result(), 1);
    }

    [Test]
    public void IoU_counts_whole_weights_by_default_as_Keras_does()
    {
        var (y, p, w) = (Integers([0, 1], 2), Integers([0, 0], 2), Vector(1.9f, 1.5f));
        var whole = new IoU(2, [0]);
        var fractions = new IoU(2, [0], dtype: ScalarType.Float32);
        whole.Update(y, p, w);
        fractions.Update(y, p, w);
        Close(whole.Result(), 0.5, 1e-6);
        Close(fractions.Result(), 1.9 / 3.4, 1e-6);
    }

    [Test]
    public void IoU_spreads_a_weight_per_image_over_its_pixels()
    {
        var y = Integers([0, 0, 1, 1], 2, 2);
        var scores = Floats([0.9f, 0.1f, 0.1f, 0.9f, 0.2f, 0.8f, 0.2f, 0.8f], 2, 2, 2);
        var metric = new MeanIoU(2, sparseYPred: false);
        metric.Update(y, scores, Vector(1, 3));
        // Class 0: 1 of 2; class 1: 6 of 7.
        Close(metric.Result(), (0.5 + (6.0 / 7)) / 2, 1e-6);
        var oneHot = new OneHotMeanIoU(2);
        oneHot.Update(torch.nn.functional.one_hot(y, 2), scores, Vector(1, 3));
        Close(oneHot.Result(), (0.5 + (6.0 / 7)) / 2, 1e-6);
    }

    [Test]
    public void R2_of_the_mean_is_0_and_of_a_constant_target_counts_as_0()
    {
        var metric = new R2Score();
        metric.Update(Vector(1, 2, 3), Floats([2, 2, 2], 3, 1));
        Close(metric.Result(), 0);
        var constant = new R2Score();
        constant.Update(Floats([1, 1], 2, 1), Floats([2, 2], 2, 1));
        Close(constant.Result(), 0);
    }

    [Test]
    public void A_running_mean_weighs_batches_by_their_size()
    {
        var mean = new RunningMean();
        Close(mean.Result(), 0);
        mean.Add(torch.tensor(1f), 32);
        mean.Add(torch.tensor(4f), 16);
        Close(mean.Result(), 2);
        mean.Reset();
        Close(mean.Result(), 0);
        mean.Add(torch.tensor(3f), 5);
        Close(mean.Result(), 3);
    }

    [Test]
    public void A_running_mean_may_start_in_inference_mode()
    {
        var mean = new RunningMean();
        using (torch.inference_mode()) mean.Add(torch.tensor(1f), 1);
        mean.Add(torch.tensor(3f), 1);
        Close(mean.Result(), 2);
    }

    [Test]
    public void A_running_mean_keeps_no_graph_and_no_memory()
    {
        var mean = new RunningMean();
        using var scope = torch.NewDisposeScope();
        var weight = torch.ones([1]);
        weight.requires_grad = true;
        Leaks.None(
            () =>
            {
                using var step = torch.NewDisposeScope();
                mean.Add(weight.mul(2).sum(), 3);
                mean.Result().requires_grad.Should().BeFalse();
            },
            200);
    }

    [Test]
    public void A_function_and_a_loss_are_metrics()
    {
        var within = new MeanMetricWrapper((y, p) => p.sub(y).abs().lt(0.5), "within_half");
        within.Name.Should().Be("within_half");
        within.Update(Vector(1, 2), Floats([1.2f, 3], 2, 1));
        Close(within.Result(), 0.5);
        var huber = new LossMetric(new Huber(delta: 0.5));
        huber.Name.Should().Be("huber_loss");
        huber.Update(Vector(0), Vector(1));
        Close(huber.Result(), 0.375);
    }

    [Test]
    public void Thresholds_are_a_number_or_several()
    {
        Thresholds one = 0.3, several = new[] { 0.2, 0.4 };
        one.Should().Equal(0.3);
        several.Should().Equal(0.2, 0.4);
        several.Equals(new Thresholds(0.2, 0.4)).Should().BeTrue();
        several.Equals((object)one).Should().BeFalse();
        several.GetHashCode().Should().Be(new Thresholds(0.2, 0.4).GetHashCode());
        several.ToString().Should().Be("0.2, 0.4");
        new TruePositives(thresholds: [0.1, 0.2]).Thresholds.Should().HaveCount(2);
    }
}
