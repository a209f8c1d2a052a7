"""What is behind it?"""

import streamlit as st

st.title("What is behind it?")
