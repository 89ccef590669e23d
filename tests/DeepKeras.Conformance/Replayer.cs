using System.Reflection;
using DeepKeras.Conformance.Kinds;

namespace DeepKeras.Conformance;

/// <summary>Runs a case by its kind. A handler returns what differs, or <see langword="null"/> when nothing does.</summary>
internal static class Replayer
{
    private static readonly Dictionary<string, Func<Case, string?>> s_kinds = new(StringComparer.Ordinal)
    {
        ["activation"] = FunctionCases.Activation,
        ["apply"] = OptimizerCases.Apply,
        ["clip_gradients"] = OptimizerCases.ClipGradients,
        ["batch_script"] = ModelCases.BatchScript,
        ["compile_loss"] = CompileCases.Loss,
        ["compile_metrics"] = CompileCases.Metrics,
        ["constraint"] = WeightCases.Constraint,
        ["fit"] = ModelCases.Fit,
        ["initializer"] = WeightCases.Initializer,
        ["layer"] = LayerCases.Output,
        ["layer_shape"] = LayerCases.Shapes,
        ["layer_weight_after_call"] = LayerCases.WeightAfterCall,
        ["loss_class"] = LossCases.Class,
        ["loss_fn"] = LossCases.Function,
        ["metric_class"] = MetricCases.Class,
        ["metric_fn"] = MetricCases.Function,
        ["op"] = OperationCases.Run,
        ["regularizer"] = WeightCases.Regularizer,
        ["schedule"] = OptimizerCases.Schedule,
        ["util"] = UtilityCases.Run,
    };

    /// <summary>The kinds that have a handler.</summary>
    public static IEnumerable<string> Kinds => s_kinds.Keys;

    public static Outcome Replay(Case @case)
    {
        if (!s_kinds.TryGetValue(@case.Kind, out var handler)) return Outcome.Skipped($"no handler for the kind '{@case.Kind}'");
        using var scope = torch.NewDisposeScope();
        Keras.ClearSession();
        Keras.SetRandomSeed(1);
        try
        {
            return handler(@case) is { } difference ? Outcome.Failed(difference) : Outcome.Passed;
        }
        catch (NotCoveredException missing)
        {
            return Outcome.Skipped(missing.Message);
        }
#pragma warning disable CA1031 // Whatever the code under test throws is this case's failure, not the end of the run.
        catch (Exception failure)
        {
            var cause = failure is TargetInvocationException { InnerException: { } inner } ? inner : failure;
            if (cause is NotCoveredException) return Outcome.Skipped(cause.Message);
            return Outcome.Failed($"{cause.GetType().Name}: {cause.Message.Split('\n')[0]}");
        }
#pragma warning restore CA1031
    }
}
