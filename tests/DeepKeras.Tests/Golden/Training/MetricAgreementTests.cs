using System.Text.Json.Nodes;
using DeepKeras.Metrics;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Golden.Training;

/// <summary>Every metric with every option over three batches and after a reset, as Keras computes them.</summary>
public sealed class MetricAgreementTests
{
    private static IEnumerable<TestCaseData> All() => TrainingFixtures.Classes("metrics");

    [TearDown]
    public void SinglesAgain() => Keras.FloatType = ScalarType.Float32;

    [TestCaseSource(nameof(All))]
    public void Results_are_those_of_Keras(string name, ScalarType type)
    {
        Keras.FloatType = type;
        var agreement = new Agreement(type);
        foreach (var (file, given) in TrainingFixtures.Of("metrics", name)) Compare(agreement, file, given, type);
        agreement.Conclude(8);
    }

    private static void Compare(Agreement agreement, JsonObject file, JsonObject given, ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        var metric = ObjectConfig.Read<Metric>(given["object"]!.DeepClone());
        var results = given["results"]!.AsArray();
        for (var i = 0; i < results.Count; i++)
        {
            // The last result is that of the first batch after a reset.
            var isLast = i == results.Count - 1;
            if (isLast) metric.Reset();
            var batch = isLast ? 0 : i;
            var prediction = Batch("y_pred", batch)!;
            metric.Update(Batch("y_true", batch) ?? prediction, prediction, Batch("sample_weight", batch));
            agreement.Compare(metric.Result(), results[i]!, $"{given["object"]!["config"]!.ToJsonString()} of {given["y_true"]}, {given["y_pred"]}, weights {given["sample_weight"]}, result {i + 1}");
        }

        Tensor? Batch(string what, int number) => given[what] is { } name ? TrainingFixtures.Named(file, $"{(string)name!}{number}", type) : null;
    }
}
