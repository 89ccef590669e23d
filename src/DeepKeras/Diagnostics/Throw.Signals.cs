using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException NotSignals(Layer layer, Shape received) => BadInput(
        layer,
        "signals as (batch, samples) or one signal as (samples)",
        received,
        "Take one channel of the sound, or build the model with Input(samples).");

    public static KerasException SignalTooShort(Layer layer, long least, Shape received) => BadInput(
        layer,
        $"at least {least} samples, so that both ends can be mirrored,",
        received,
        "Pad the signals, or use a smaller fftLength.");
}
