using DeepKeras.Losses;

namespace DeepKeras.Conformance.Kinds;

/// <summary>Losses of given targets and predictions, with weights and masks.</summary>
internal static class LossCases
{
    public static string? Class(Case @case) => Compare(@case, Create(@case.Name, @case.Config));

    /// <summary>A loss function is the loss object without its reduction.</summary>
    public static string? Function(Case @case)
    {
        var loss = Create(@case.Name, @case.Config);
        return @case.Compare(loss.Values(@case.Input("y_true")!, @case.Input("y_pred")!, out _));
    }

    private static string? Compare(Case @case, Loss loss) =>
        @case.Compare(loss.Compute(@case.Input("y_true")!, @case.Input("y_pred")!, @case.Input("sample_weight"), @case.Input("y_pred_mask")));

    private static Loss Create(string name, JsonElement config)
    {
        if (name != nameof(ExampleLoss)) return KerasObjects.Create<Loss>(name, config);
        var reduction = Case.Property(config, "reduction");
        return new ExampleLoss(reduction.ValueKind == JsonValueKind.String ? reduction.GetString()! : default(Reduction));
    }

    /// <summary>The loss that Keras's tests of the base class use: (y − ŷ)² without a mean over the last axis.</summary>
    private sealed class ExampleLoss(Reduction reduction) : Loss(reduction)
    {
        public override Tensor Call(Tensor yTrue, Tensor yPred) => yTrue.sub(yPred).square();
    }
}
