namespace TorchSharp
{
    /// <summary>What a padded border is filled with.</summary>
    public enum PaddingModes { Zeros = 0, Reflect = 1, Replicate = 2, Circular = 3, Constant = 4 }

    /// <summary>Padding given by the shape of the result.</summary>
    public enum Padding { Valid = 0, Same = 1 }

    public static partial class torch
    {
        /// <summary>How Upsample fills in between.</summary>
        public enum UpsampleMode { Nearest = 0, Linear = 1, Bilinear = 2, Bicubic = 3, Trilinear = 4 }

        /// <summary>How interpolate fills in between.</summary>
        public enum InterpolationMode { Nearest = 0, Linear = 1, Bilinear = 2, Bicubic = 3, Trilinear = 4, Area = 5, NearestExact = 6 }

        /// <summary>How grid_sample reads between pixels.</summary>
        public enum GridSampleMode { Nearest = 0, Bilinear = 2 }

        /// <summary>What grid_sample reads outside the picture.</summary>
        public enum GridSamplePaddingMode { Zeros = 0, Reflection = 1, Border = 2 }

        public static partial class nn
        {
            /// <summary>What becomes of the losses of the single elements.</summary>
            public enum Reduction : long { None = 0, Mean = 1, Sum = 2 }
        }
    }
}
