using System.Text.Json.Nodes;
using DeepKeras.Losses;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Golden.Training;

/// <summary>Values and gradients of every loss, with every option, weights and masks, as Keras computes them.</summary>
public sealed class LossAgreementTests
{
    private static IEnumerable<TestCaseData> All() => TrainingFixtures.Classes("losses");

    [TestCaseSource(nameof(All))]
    public void Values_and_gradients_are_those_of_Keras(string name, ScalarType type)
    {
        var agreement = new Agreement(type);
        foreach (var (file, given) in TrainingFixtures.Of("losses", name)) Compare(agreement, file, given, type);
        agreement.Conclude(40);
    }

    private static void Compare(Agreement agreement, JsonObject file, JsonObject given, ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        var loss = ObjectConfig.Read<Loss>(given["object"]!.DeepClone());
        var prediction = TrainingFixtures.Named(file, (string?)given["y_pred"], type)!.requires_grad_();
        var value = loss.Compute(
            TrainingFixtures.Named(file, (string?)given["y_true"], type)!,
            prediction,
            TrainingFixtures.Named(file, (string?)given["sample_weight"], type),
            TrainingFixtures.Named(file, (string?)given["mask"], ScalarType.Bool));
        value.sum().backward();
        var where = $"{given["object"]!["config"]!.ToJsonString()} of {given["y_true"]}, {given["y_pred"]}, weights {given["sample_weight"]}, mask {given["mask"]}";
        // Where float32 cannot hold the inputs, Keras's numbers in float32 stand beside those in float64.
        var expected = type == ScalarType.Float32 && given["single"] is JsonObject single ? single : given;
        agreement.Compare(value, expected["value"]!, where);
        agreement.Compare(prediction.grad!, expected["gradient"]!, "gradient of " + where);
    }
}
