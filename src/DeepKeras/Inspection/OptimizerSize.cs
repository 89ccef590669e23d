namespace DeepKeras.Inspection;

/// <summary>How many numbers an optimizer holds, counted as Keras counts its variables: the step counter, the learning rate and every slot.</summary>
internal static class OptimizerSize
{
    /// <summary>Zero before the optimizer has seen the model's weights.</summary>
    public static (long Count, long Bytes) Of(Optimizer? optimizer)
    {
        if (optimizer is null || optimizer.TrainableWeights.Count == 0) return (0, 0);
        var count = optimizer.CountParams();
        var own = optimizer.LearningRate.Schedule is null ? 2 : 1;
        // The step counter is an int32 and the rate a float32 in Keras; slots have the weights' own type.
        return (count, (own * sizeof(float)) + ((count - own) * ElementSize(optimizer.TrainableWeights[0].Native.dtype)));
    }

    public static long ElementSize(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int64 or ScalarType.Float64 => 8,
        _ => 4,
    };
}
